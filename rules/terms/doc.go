// Package terms judges what was agreed with the merchant: the fees of each product and the limits on transactions.
//
// A limit of zero, a limit below the usual ticket or one that is used up declines every further sale; a rate entered in
// the wrong unit is paid for every day. Ceilings of law are those of 银发〔2017〕296号 (credit cards at micro merchants) and
// 发改价格〔2016〕557号 (issuer and network fees); the other bounds come from the profile.
package terms
