package rules

// Fact is something about a record that several rules of a family ask for and that is worked out once for each record. It
// stands in a package variable, as rules do. It follows from the record, the date, the parameters and the tables alone;
// what earlier rules found unusable, a rule asks for itself.
type Fact[T any] struct {
	// Work fills in t, which may hold what it was for another record.
	Work func(p *Pass, t *T)

	key byte // its address stands for the fact
}

// fact is a Fact as a pass keeps it.
type fact struct {
	key   *byte
	value any // a *T
	round int
}

// Of returns the fact for the record of the pass. It is valid until the pass turns to another record.
func (f *Fact[T]) Of(p *Pass) *T {
	if p.last.key == &f.key && p.begun == p.Record { // the rules of a family follow one another
		return p.last.value.(*T)
	}
	return f.find(p)
}

func (f *Fact[T]) find(p *Pass) *T {
	i := 0
	for i < len(p.facts) && p.facts[i].key != &f.key {
		i++
	}
	if i == len(p.facts) {
		p.facts = append(p.facts, fact{key: &f.key, value: new(T)})
	}
	e := &p.facts[i]
	t := e.value.(*T)
	if p.begun != p.Record { // the record was set by hand; see Begin
		e.round = -1
		f.Work(p, t)
		return t
	}
	if e.round != p.round {
		e.round = p.round
		f.Work(p, t)
	}
	p.last = *e
	return t
}
