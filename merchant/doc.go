// Package merchant holds the record of one merchant as an acquirer keeps it: names, licence, representative, owners,
// addresses, settlement account, MCC, limits, fees, terminals and status, with the source of every value.
//
// The Go names follow the JSON paths ([Path]): Merchant.Licence.Number is licence.number, the second terminal's serial
// number terminals[1].serial_no. Money is yuan with two decimals ([Money]), rates are percent ([Percent]: 0.60 means
// 0.60 %), dates are civil dates without a zone ([Date]). An empty value is the zero value of its type; zero yuan and
// zero percent are values and not empty.
//
// Codes of option lists are what JSON carries ([SubjectType] and its like). A value that is no code stays in the field
// as it was written, so that a rule can report it; [Enum] knows the codes, their labels and the Chinese aliases.
//
// [Record] is a Merchant together with where it came from: file, sheet, row, column, header and stored text of each value.
package merchant

//go:generate go run gen_fields.go
//go:generate go run gen_schema.go
