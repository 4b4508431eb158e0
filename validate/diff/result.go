package diff

import (
	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
)

// Class says what became of a merchant.
type Class uint8

// The classes. Equal pairs are passed on only where Options.Equal asks for them.
const (
	Export                Class = iota // no merchant: what concerns the registry export as a whole
	Equal                              // every field that both sides hold reads alike
	EqualAfterNormalising              // as Equal, but written differently
	Changed                            // a field differs, or a terminal stands on one side only
	NotComparable                      // what differs was changed after the snapshot or is still on its way
	MissingInRegistry                  // ours only, and expected to trade
	MissingInLocal                     // the registry's only, and tradable
	DuplicateKey                       // its merchant number stands on several rows of a side; not compared
	Ambiguous                          // fits several records under a fallback key; not compared
)

var classNames = [...]string{"export", "equal", "equal_after_normalising", "changed", "not_comparable", "missing_in_registry",
	"missing_in_local", "duplicate_key", "ambiguous"}

// String returns the name that the summary's counters use.
func (c Class) String() string {
	if int(c) < len(classNames) {
		return classNames[c]
	}
	return "unknown"
}

// Result is what the comparison says about one merchant: a record of ours with the registry row it was compared with, or
// a record that stands on one side only. Values are not masked.
type Result struct {
	Class           Class
	Local, Registry *merchant.Record   // nil where there is none
	Rows            []*merchant.Record // further rows with the key: of the registry for a DuplicateKey or an Ambiguous record
	Differences     []Difference       // in the order of the catalogue, then of the paths
	Suspects        []Suspect          // of a record on one side only
	Findings        []rules.Finding
}

// Key returns our key of the merchant, else the registry's; "" where neither has one.
func (r *Result) Key() string {
	for _, rec := range [...]*merchant.Record{r.Local, r.Registry} {
		if rec != nil && rec.Key() != "" {
			return rec.Key()
		}
	}
	return ""
}

// Difference is one field in which a pair differs or is written differently, or a terminal on one side only.
//
// The values are as they were read, for DIF016 as they are written in the sources. For DIF012 Registry holds the merchant
// numbers under which the registry has the terminal, separated by 、.
type Difference struct {
	Rule               *rules.Rule   // that judges the field
	Path, RegistryPath merchant.Path // where the values stand; a list member without an index is missing there
	Local, Registry    string        // "" for none
	Stale              *rules.Rule   // what the dates say: DIF022 and DIF025 take the place of the field's finding, DIF013 and DIF014 stand beside it; else nil
}

// Suspect is a record of the other side that is probably the same merchant under another key (DIF024).
type Suspect struct {
	Record   *merchant.Record
	Evidence []rules.Text // what the two agree in
}
