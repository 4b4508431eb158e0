package rules

import "time"

// Decline is one entry of a log of declined transactions.
type Decline struct {
	MerchantNo string    // field 42
	TerminalNo string    // field 41; "" when not known
	Code       string    // response code, field 39
	At         time.Time // judged as a time of day in UTC+8
}

// Window is a time in which a bank, a network or an acquirer maintains its systems.
type Window struct {
	Institution string
	From, To    time.Time
}

// Incident is what a context rule sees of a merchant beside its record.
type Incident struct {
	Declines []Decline // of the merchant, by time; at least one
	Windows  []Window  // of all institutions, by time
	Findings []Finding // errors and warnings about the merchant, without suppressed ones
	Missing  Needs     // evidence that was not given: registry, terminal parameters, account status
}
