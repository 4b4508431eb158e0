package rules

// Fact is something about a record that several rules of a family ask for and that is worked out once for each record. It
// stands in a package variable, as rules do. It follows from the record, the date, the parameters and the tables alone;
// what earlier rules found unusable, a rule asks for itself.
type Fact[T any] struct {
	// Work fills in t, which may hold what it was for another record.
	Work func(p *Pass, t *T)
}

// fact is a Fact as a pass keeps it.
type fact struct {
	of    any // the *Fact
	value any
	round int
}

// Of returns the fact for the record of the pass. It is valid until the pass turns to another record.
func (f *Fact[T]) Of(p *Pass) *T {
	if p.last < len(p.facts) { // the rules of a family follow one another
		if e := &p.facts[p.last]; e.of == any(f) && e.round == p.round && p.begun == p.Record {
			return e.value.(*T)
		}
	}
	return f.find(p)
}

func (f *Fact[T]) find(p *Pass) *T {
	p.last = 0
	for p.last < len(p.facts) && p.facts[p.last].of != any(f) {
		p.last++
	}
	if p.last == len(p.facts) {
		p.facts = append(p.facts, fact{of: f, value: new(T)})
	}
	e := &p.facts[p.last]
	t := e.value.(*T)
	if e.round != p.round || p.begun != p.Record {
		e.round = p.round
		f.Work(p, t)
	}
	return t
}
