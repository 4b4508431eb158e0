package report

import _ "embed"

//go:embed schema.json
var schema string

// Schema returns the JSON Schema (draft 2020-12) of every JSON line that this package and the command write, the text of
// schema.json beside this package. Each type of line stands in its $defs: finding, verdict, summary, change, left, rule,
// requirement, requirements. It is closed: a member that this version does not write is refused.
func Schema() string { return schema }
