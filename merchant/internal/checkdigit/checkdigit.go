// Package checkdigit computes the check characters that several numbers share.
package checkdigit

// powers of 2 mod 11 spare a division for each digit of ISO 7064 MOD 11-2.
var powers = [17]uint{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}

// Mod11x2 returns the character that ISO 7064 MOD 11-2 demands after 17 digits, and false when s is not 17 digits.
func Mod11x2(s string) (byte, bool) {
	if len(s) != len(powers) {
		return 0, false
	}
	sum := uint(0)
	for i, w := range powers {
		d := uint(s[i]) - '0'
		if d > 9 {
			return 0, false
		}
		sum += d * w
	}
	return "10X98765432"[sum%11], true
}

// Mod11x10 returns the digit that ISO 7064 MOD 11,10 demands after the digits of s, and false when s holds something
// else. It subtracts where the standard divides: its remainders run from 1 to 10, so that one subtraction is enough.
func Mod11x10(s string) (byte, bool) {
	p := 10
	for i := range len(s) {
		d := int(s[i]) - '0'
		if uint(d) > 9 {
			return 0, false
		}
		if p += d; p > 10 {
			p -= 10
		}
		if p *= 2; p > 10 {
			p -= 11
		}
	}
	return " 0987654321"[p], true // the digit that makes p + digit 1 mod 10
}

// Mod97 returns the remainder, divided by 97, of the number that the digits of start and then of s make, two digits for
// a capital letter: ISO 7064 MOD 97-10. s must be digits and capitals.
func Mod97(start uint, s string) uint {
	r := uint64(start)
	for i := range len(s) {
		// Branchless: bit 6 is set in letters and clear in digits.
		l := uint64(s[i] >> 6)
		r = r*(10+90*l) + uint64(s[i]) - '0' - 7*l
		if r >= 1<<56 { // the division is what costs: one in a dozen characters, not one a character
			r %= 97
		}
	}
	return uint(r % 97)
}

var gb11714 = [8]uint16{3, 7, 9, 10, 5, 8, 4, 2}

// GB11714 returns the check character of an organisation code of eight characters, and false when they are not eight
// digits and capitals.
func GB11714(s string) (byte, bool) {
	if len(s) != len(gb11714) {
		return 0, false
	}
	var sum uint16
	for i, w := range gb11714 {
		switch c := s[i]; {
		case '0' <= c && c <= '9':
			sum += uint16(c-'0') * w
		case 'A' <= c && c <= 'Z':
			sum += uint16(c-'A'+10) * w
		default:
			return 0, false
		}
	}
	return "0X987654321"[sum%11], true
}

// Class is 1 for digits, 2 for capital letters and 0 for all else: a table does not mispredict where letters and digits
// mix at random.
var Class = [256]uint8{
	'0': 1, '1': 1, '2': 1, '3': 1, '4': 1, '5': 1, '6': 1, '7': 1, '8': 1, '9': 1,
	'A': 2, 'B': 2, 'C': 2, 'D': 2, 'E': 2, 'F': 2, 'G': 2, 'H': 2, 'I': 2, 'J': 2, 'K': 2, 'L': 2, 'M': 2,
	'N': 2, 'O': 2, 'P': 2, 'Q': 2, 'R': 2, 'S': 2, 'T': 2, 'U': 2, 'V': 2, 'W': 2, 'X': 2, 'Y': 2, 'Z': 2,
}
