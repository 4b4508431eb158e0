package uscc

// Category is one pair of registration department and category, characters 1
// and 2 of a code.
type Category struct {
	Code string
	ZH   string
	EN   string
}

// categories is sorted by code. A list of the usual dozen would refuse issued
// codes: 89 and 99 are rare and real.
var categories = [...]Category{
	{"11", "机关", "state organ"},
	{"12", "事业单位", "public institution"},
	{"13", "编办直接管理机构编制的群众团体", "mass organisation under the staffing commission"},
	{"19", "其他（机构编制）", "other, staffing commission"},
	{"21", "外国常驻新闻机构", "resident foreign news office"},
	{"29", "其他（外交）", "other, foreign affairs"},
	{"31", "律师执业机构", "law practice"},
	{"32", "公证处", "notary office"},
	{"33", "基层法律服务所", "grassroots legal service office"},
	{"34", "司法鉴定机构", "forensic institution"},
	{"35", "仲裁委员会", "arbitration commission"},
	{"36", "商事调解组织", "commercial mediation organisation"},
	{"39", "其他（司法行政）", "other, justice administration"},
	{"41", "外国在华文化中心", "foreign cultural centre in China"},
	{"49", "其他（文化）", "other, culture"},
	{"51", "社会团体", "social association"},
	{"52", "民办非企业单位", "private non-enterprise unit"},
	{"53", "基金会", "foundation"},
	{"54", "村民委员会", "villagers' committee"},
	{"55", "居民委员会", "residents' committee"},
	{"59", "其他（民政）", "other, civil affairs"},
	{"61", "外国旅游部门常驻代表机构", "foreign tourism representative office"},
	{"62", "港澳台旅游部门常驻内地（大陆）代表机构", "Hong Kong, Macao or Taiwan tourism representative office"},
	{"69", "其他（旅游）", "other, tourism"},
	{"71", "宗教活动场所", "religious venue"},
	{"72", "宗教院校", "religious school"},
	{"79", "其他（宗教）", "other, religious affairs"},
	{"81", "基层工会", "grassroots trade union"},
	{"82", "非法人工会", "trade union without legal personality"},
	{"89", "其他（工会）", "other, trade union"},
	{"91", "企业", "enterprise"},
	{"92", "个体工商户", "sole trader"},
	{"93", "农民专业合作社", "farmers' cooperative"},
	{"99", "其他（市场监管）", "other, market regulation"},
	{"A1", "军队文职用人单位", "military employer of civilian staff"},
	{"A9", "其他（军队）", "other, military"},
	{"G1", "境外非政府组织代表机构", "representative office of an overseas NGO"},
	{"G9", "其他（境外非政府组织）", "other, overseas NGO"},
	{"J1", "业主大会", "owners' assembly"},
	{"J9", "其他（业主组织）", "other, owners' organisation"},
	{"N1", "组级集体经济组织", "collective economic organisation of a villagers' group"},
	{"N2", "村级集体经济组织", "collective economic organisation of a village"},
	{"N3", "乡镇级集体经济组织", "collective economic organisation of a township"},
	{"N9", "其他（农村集体经济）", "other, rural collective economy"},
	{"Q1", "侨联（1类）", "federation of returned overseas Chinese, category 1"},
	{"Q2", "侨联（2类）", "federation of returned overseas Chinese, category 2"},
	{"Q3", "侨联（3类）", "federation of returned overseas Chinese, category 3"},
	{"Q9", "其他（侨联）", "other, federation of returned overseas Chinese"},
	{"Y1", "其他", "other"},
}

// known has, for a first character, a bit for each digit that may follow it.
// It answers without the scan of categories that only names need.
var known = [256]uint16{
	'1': 1<<1 | 1<<2 | 1<<3 | 1<<9,
	'2': 1<<1 | 1<<9,
	'3': 1<<1 | 1<<2 | 1<<3 | 1<<4 | 1<<5 | 1<<6 | 1<<9,
	'4': 1<<1 | 1<<9,
	'5': 1<<1 | 1<<2 | 1<<3 | 1<<4 | 1<<5 | 1<<9,
	'6': 1<<1 | 1<<2 | 1<<9,
	'7': 1<<1 | 1<<2 | 1<<9,
	'8': 1<<1 | 1<<2 | 1<<9,
	'9': 1<<1 | 1<<2 | 1<<3 | 1<<9,
	'A': 1<<1 | 1<<9,
	'G': 1<<1 | 1<<9,
	'J': 1<<1 | 1<<9,
	'N': 1<<1 | 1<<2 | 1<<3 | 1<<9,
	'Q': 1<<1 | 1<<2 | 1<<3 | 1<<9,
	'Y': 1 << 1,
}

func knownCategory(department, category byte) bool {
	return '0' <= category && category <= '9' && known[department]>>(category-'0')&1 == 1
}

// Categories returns a copy of the table of departments and categories.
func Categories() []Category { return append([]Category(nil), categories[:]...) }

// CategoryOf returns the table entry for characters 1–2, and false when s has
// not the shape of a code or the pair is in no list.
func CategoryOf(s string) (Category, bool) {
	if CheckShape(s) == nil && knownCategory(s[0], s[1]) {
		for i := range categories {
			if categories[i].Code == s[:2] {
				return categories[i], true
			}
		}
	}
	return Category{}, false
}

// DepartmentCategory returns characters 1–2 and their Chinese name. When the
// pair is in no list it returns the pair, "" and false; when s has not the
// shape of a code, "", "" and false.
func DepartmentCategory(s string) (code, name string, ok bool) {
	c, ok := CategoryOf(s)
	return part(s, 0, 2), c.ZH, ok
}

// Subjects is a set of subject types of the merchant record.
type Subjects uint8

// The subject types that a code can belong to, named as in the record:
// enterprise, individual_business, institution, government, social_org.
const (
	SubjectEnterprise Subjects = 1 << iota
	SubjectIndividualBusiness
	SubjectInstitution
	SubjectGovernment
	SubjectSocialOrg

	subjectAny = SubjectEnterprise | SubjectIndividualBusiness | SubjectInstitution | SubjectGovernment | SubjectSocialOrg
)

// Has reports whether every type of t is in the set; the empty set is in none,
// so that an unknown category never seems to allow a type.
func (s Subjects) Has(t Subjects) bool { return t != 0 && s&t == t }

// Only returns the code of the record's subject type when the set holds exactly
// one, and "" otherwise.
func (s Subjects) Only() string {
	switch s {
	case SubjectEnterprise:
		return "enterprise"
	case SubjectIndividualBusiness:
		return "individual_business"
	case SubjectInstitution:
		return "institution"
	case SubjectGovernment:
		return "government"
	case SubjectSocialOrg:
		return "social_org"
	}
	return ""
}

// SubjectTypes returns the subject types that characters 1–2 allow. It is the
// empty set when s has not the shape of a code or the pair is in no list, for
// then nothing is known and nothing can be contradicted.
func SubjectTypes(s string) Subjects {
	if CheckShape(s) != nil || !knownCategory(s[0], s[1]) {
		return 0
	}
	switch s[0] {
	case '9':
		if s[1] == '2' {
			return SubjectIndividualBusiness
		}
		return SubjectEnterprise
	case '1':
		switch s[1] {
		case '1':
			return SubjectGovernment
		case '2':
			return SubjectInstitution
		}
		return SubjectGovernment | SubjectInstitution | SubjectSocialOrg
	case 'A':
		return SubjectGovernment
	case 'Y':
		return subjectAny
	}
	return SubjectSocialOrg
}
