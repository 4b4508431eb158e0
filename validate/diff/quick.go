package diff

// quick compares lines of two tables cell by cell.
type quick struct{ *join }

func (j *join) newQuick() *quick { return nil }

func (q *quick) compare(l, r pos) (done bool, err error) { return false, nil }
