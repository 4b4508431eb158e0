package main

func Example() {
	main()
	// Output:
	// REP010 legal_rep.id_valid_to: 法定代表人证件已于2026-10-01过期52天
	//   请商户提供有效的新证件并更新。
	// CON001 contact.mobile: 手机号139***4567格式不正确
	//   换成商户本人可接通的一个号码。
}
