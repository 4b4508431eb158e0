package diff

import (
	"bytes"
	"math/bits"
	"strconv"
)

// keyRun is the rows of one side with one key.
type keyRun struct {
	key  []byte
	rows []keyed
}

// inOrder goes over the rows of a side that is in the order of its keys.
type inOrder struct {
	j     *join
	which int
	next  func(*keyed) (bool, error)
	ahead keyed // the row after the run
	more  bool
	run   keyRun
}

func (j *join) inOrder(which int) (*inOrder, error) {
	o := &inOrder{j: j, which: which, next: j.cursor(which)}
	return o, o.step()
}

// step reads the next row that has a key.
func (o *inOrder) step() (err error) {
	s := o.j.sides()[o.which]
	for {
		var k keyed
		if o.more, err = o.next(&k); err != nil || !o.more {
			return err
		}
		if k.key == nil {
			s.bare = append(s.bare, k.pos)
			continue
		}
		s.keyed++
		if bytes.Compare(k.key, o.ahead.key) < 0 {
			row := ""
			if e, err := s.get(k.pos); err == nil {
				row = strconv.Itoa(e.row)
			}
			return &Error{s.name.ZH + "第" + row + "行的键小于前面的键，文件没有按键排序；请排序后重试，或不要声明已排序",
				"row " + row + " of " + s.name.EN + " has a smaller key than a row before it; sort the file, or do not declare it sorted"}
		}
		o.ahead.key = append(o.ahead.key[:0], k.key...)
		o.ahead.row, o.ahead.pos = k.row, k.pos
		return nil
	}
}

// take reads the next run; nil at the end.
func (o *inOrder) take() (*keyRun, error) {
	if !o.more {
		return nil, nil
	}
	o.run.key = append(o.run.key[:0], o.ahead.key...)
	o.run.rows = o.run.rows[:0]
	for o.more && bytes.Equal(o.ahead.key, o.run.key) {
		o.run.rows = append(o.run.rows, keyed{row: o.ahead.row, pos: o.ahead.pos})
		if err := o.step(); err != nil {
			return nil, err
		}
	}
	return &o.run, nil
}

// merge reads and joins two sides that are in the order of their keys.
func (j *join) merge() error {
	j.makePlan()
	if j.plan.serials { // which rows need a look is known once all serial numbers are
		for which := range j.sides() {
			next := j.cursor(which)
			for {
				var k keyed
				if ok, err := next(&k); err != nil {
					return err
				} else if !ok {
					break
				}
			}
		}
	}
	if err := j.locate(); err != nil {
		return err
	}
	j.counts, j.loose = Counts{}, [2][]loose{}
	for _, s := range j.sides() {
		s.keyed = 0
	}
	var sides [2]*inOrder
	var runs [2]*keyRun
	for which := range sides {
		var err error
		if sides[which], err = j.inOrder(which); err == nil {
			runs[which], err = sides[which].take()
		}
		if err != nil {
			return err
		}
	}
	j.pairs = newBins(&j.store, 0, uint(bits.Len64(uint64(j.local.end()))), j.local.guess())
	var many []item
	for runs[ours] != nil || runs[theirs] != nil {
		order := 0
		switch {
		case runs[ours] == nil:
			order = 1
		case runs[theirs] == nil:
			order = -1
		default:
			order = bytes.Compare(runs[ours].key, runs[theirs].key)
		}
		here := [2]bool{order <= 0, order >= 0}
		single := true
		for which := range runs {
			single = single && (!here[which] || len(runs[which].rows) == 1)
		}
		switch {
		case !single:
			for which := range runs {
				if here[which] {
					for _, k := range runs[which].rows {
						many = append(many, item{j.plan.hash(runs[which].key), uint64(which), uint64(k.pos)})
					}
				}
			}
		case order == 0:
			if err := j.pairOf(runs[ours].rows[0], runs[theirs].rows[0]); err != nil {
				return err
			}
		case order < 0:
			j.loose[ours] = append(j.loose[ours], loose{pos: runs[ours].rows[0].pos, numbered: true})
		default:
			j.loose[theirs] = append(j.loose[theirs], loose{pos: runs[theirs].rows[0].pos, numbered: true})
		}
		for which := range runs {
			if here[which] {
				var err error
				if runs[which], err = sides[which].take(); err != nil {
					return err
				}
			}
		}
	}
	return j.repeats(many)
}

// pairOf takes a pair of rows with one key.
func (j *join) pairOf(l, r keyed) error {
	flags := uint64(0)
	if j.elsewhere[l.pos] != nil || j.options.Equal {
		flags = wholly
	}
	if l.row == r.row && flags == 0 {
		j.counts.Matched++
		j.counts.Equal++
		return nil
	}
	return j.pairs.add(item{uint64(l.pos), uint64(r.pos), flags})
}
