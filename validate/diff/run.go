package diff

import (
	"errors"

	"github.com/merchantkyc/merchantkyc/merchant/load"
)

// run compares.
func (j *join) run() error {
	if err := j.options.Check(); err != nil {
		return err
	}
	if err := j.ready(); err != nil {
		return err
	}
	read := j.read
	if j.options.Sorted {
		read = j.merge
	}
	err := read()
	for err != nil && errors.Is(err, load.ErrIrregular) { // text that must be read as records
		if err = j.reread(); err == nil {
			err = read()
		}
	}
	if err != nil {
		return err
	}
	if err := j.tell(); err != nil {
		return err
	}
	whole := j.options.Whole
	if whole != nil {
		j.local.stand(&whole.Local)
		j.registry.stand(&whole.Registry)
	}
	if j.asOf = j.options.RegistryAsOf; j.asOf.IsZero() {
		j.asOf = j.registry.asOf
	}
	if whole == nil || whole.Rest {
		if err := j.usable(); err != nil {
			return err
		}
		if err := j.age(); err != nil {
			return err
		}
	}
	if !j.options.Sorted {
		if err := j.locate(); err != nil {
			return err
		}
		if err := j.match(); err != nil {
			return err
		}
	}
	j.gather()
	if err := j.fallback(); err != nil {
		return err
	}
	suspects, err := j.suspects()
	if err != nil {
		return err
	}
	j.only(suspects)
	return j.walk()
}

// ready ends the taking of records.
func (j *join) ready() error {
	for _, s := range j.sides() {
		if s.table != nil && s.normalise != nil {
			if err := j.asRecords(s); err != nil {
				return err
			}
		}
		if s.table != nil {
			s.learn(s.table.Columns())
		}
		if s.err != nil {
			return s.err
		}
		if err := s.arena.flush(); err != nil {
			return err
		}
	}
	return nil
}

// reread turns the tables that cannot be read line by line into records.
func (j *join) reread() error {
	for _, s := range j.sides() {
		if s.irregular {
			if err := j.asRecords(s); err != nil {
				return err
			}
		}
	}
	return nil
}

// asRecords reads a table as records.
func (j *join) asRecords(s *side) error {
	records := s.table.Records()
	*s = side{name: s.name, normalise: s.normalise, arena: arena{store: &j.store}}
	for r, err := range records {
		var issue *load.SheetIssue
		var row *load.RowError
		switch {
		case err == nil:
			s.add(r)
		case errors.As(err, &issue):
			s.issues = append(s.issues, err)
		case errors.As(err, &row):
			s.lost++
			s.issues = append(s.issues, err)
		default:
			return err
		}
		if s.err != nil {
			return s.err
		}
	}
	return s.arena.flush()
}

// tell passes on what reading the tables found.
func (j *join) tell() error {
	for _, s := range j.sides() {
		for _, err := range s.issues {
			if j.options.Issue != nil {
				if err := j.options.Issue(err); err != nil {
					return err
				}
			}
		}
		s.issues = nil
	}
	return nil
}
