// Package catalogue holds a page for every built-in rule, in Chinese and English (LIC003.md), an index of them by area and
// by cause (README.md), and the same as data (rules.json). They are generated from the rules and hold no code.
package catalogue

//go:generate go run gen_pages.go
