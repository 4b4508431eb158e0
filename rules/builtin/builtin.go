// Package builtin is the list of all rules that come with the module, in plan order: damage of the file first, then
// each field from presence over shape and check digit to tables and other fields, then batches and the registry.
//
// The list is generated from the family packages, and a test fails when a rule of a family is not in it.
package builtin

//go:generate go run gen_list.go

import (
	"slices"

	"github.com/merchantkyc/merchantkyc/rules"
)

// Rules returns the built-in rules in plan order. The slice is the caller's, the rules are shared and not to be changed.
func Rules() []*rules.Rule { return slices.Clone(list[:]) }

// Lookup returns the rule with the given ID.
func Lookup(id rules.ID) (*rules.Rule, bool) {
	for _, r := range list {
		if r.ID == id {
			return r, true
		}
	}
	return nil, false
}

// Detecting returns the rules that detect a cause of 无效商户: those of its code and those that find it among others.
func Detecting(c rules.Cause) []*rules.Rule {
	var found []*rules.Rule
	also := c.Also()
	for _, r := range list {
		if r.Cause == c || slices.Contains(also, r.ID) {
			found = append(found, r)
		}
	}
	return found
}

// Stars returns the rules that matter most for response code 03, in the order a back office should look.
func Stars() []*rules.Rule {
	var stars []*rules.Rule
	for _, r := range list {
		if r.Star > 0 {
			stars = append(stars, r)
		}
	}
	slices.SortFunc(stars, func(a, b *rules.Rule) int { return a.Star - b.Star })
	return stars
}
