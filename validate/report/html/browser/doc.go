// Package browser tests the page of package html in a real browser, by the clicks of a clerk. It is a module of its own,
// so that the driver of the browser weighs on nobody who imports the library.
package browser
