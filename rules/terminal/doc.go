// Package terminal judges the terminals of a merchant: their numbers, what was reported for them to the network, what
// stands inside the machine, where they stand, and whether they still work.
//
// The network knows a machine by its serial number and five items bound to it: institution, merchant number, USCC,
// settlement account and install address (银发〔2021〕259号: one machine, one merchant). A machine that was reported under
// old data, or that still holds old parameters, sends sales nobody can place, and the answer is 无效商户. How long a
// terminal may go without transactions is 中支协发〔2021〕161号.
package terminal
