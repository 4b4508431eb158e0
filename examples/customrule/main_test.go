package main

func Example() {
	main()
	// Output:
	// ACME-002 error Limit per day of 50000.00 yuan is above 10000.00 yuan
	// ACME-001 warning Contact's mobile is the representative's mobile
}
