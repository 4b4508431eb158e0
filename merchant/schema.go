package merchant

import _ "embed"

//go:embed schema.json
var schema string

// Schema returns the JSON Schema (draft 2020-12) of a [Merchant] as encoding/json writes it: every member with its title
// (Chinese|English), option lists, forms of dates and decimals, units. It is the text of schema.json beside this package,
// made from the model. It is closed: a member that the model of this version lacks is refused.
func Schema() string { return schema }
