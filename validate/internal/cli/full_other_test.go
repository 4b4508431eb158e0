//go:build !unix

package cli

var limitFiles func(bytes uint64) error
