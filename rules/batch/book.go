package batch

import (
	"strings"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/merchant/companyname"
	"github.com/merchantkyc/merchantkyc/merchant/normalize"
	"github.com/merchantkyc/merchantkyc/rules"
)

// part is one thing that is kept of each record.
type part uint8

// The keys come first, then the tags, then the rest.
const (
	merchantKey part = iota
	externalKey
	usccKey
	representativeKey // the identity number
	accountKey
	placeKey // the business address; in a market, that of the market

	merchantTag // the merchant number, else the external id, else the record itself
	subjectTag  // the USCC, else the identity number of a micro merchant
	holderTag   // the name of the settlement account
	contactTag  // the identity number of the contact, else that of the representative
	nameTag     // the registered name
	coreTag     // equal for names that say the same, see companyname.SameCore
	mccTag
	addressTag

	mobiles  // two entries a record: that of the contact and that of the representative
	contents // a sum of all values
	changes  // what tells named fields apart
	micros   // micro merchants and their limits
	terminals
	persons

	numParts
)

const (
	numKeys = int(placeKey) + 1
	numTags = int(addressTag) + 1 - numKeys
)

// keyOf and tagOf say what the keys and the tags of a record are; zero stands for none.
var keyOf = [numKeys]func(*book, *rules.Pass) (uint64, text){
	merchantKey:       field(merchant.FieldMerchantNo),
	externalKey:       field(merchant.FieldExternalID),
	usccKey:           field(merchant.FieldLicenceNumber),
	representativeKey: (*book).representative,
	accountKey:        field(merchant.FieldSettlementAccountNo),
	placeKey:          (*book).place,
}

var tagOf = [numTags]func(*book, *rules.Pass) uint32{
	int(merchantTag) - numKeys: (*book).merchantTag,
	int(subjectTag) - numKeys:  (*book).subjectTag,
	int(holderTag) - numKeys: func(b *book, p *rules.Pass) uint32 {
		return tag(normalize.Key(sound(p, merchant.FieldSettlementAccountName)))
	},
	int(contactTag) - numKeys: (*book).contactTag,
	int(nameTag) - numKeys: func(b *book, p *rules.Pass) uint32 {
		return tag(normalize.Key(sound(p, merchant.FieldNamesLegal)))
	},
	int(coreTag) - numKeys: func(b *book, p *rules.Pass) uint32 { return b.core(sound(p, merchant.FieldNamesLegal)) },
	int(mccTag) - numKeys:  func(b *book, p *rules.Pass) uint32 { return tag(sound(p, merchant.FieldMCC)) },
	int(addressTag) - numKeys: func(b *book, p *rules.Pass) uint32 {
		district, detail := address(p)
		if detail == "" {
			return 0
		}
		return tag(district, detail)
	},
}

func field(f merchant.Field) func(*book, *rules.Pass) (uint64, text) {
	return func(b *book, p *rules.Pass) (uint64, text) {
		s := sound(p, f)
		if s == "" {
			return 0, text{}
		}
		return key(s), text{value: s}
	}
}

func (b *book) representative(p *rules.Pass) (uint64, text) {
	no := sound(p, merchant.FieldLegalRepIDNo)
	if no == "" {
		return 0, text{}
	}
	return key(no), text{no, p.Record.LegalRep.Name}
}

func (b *book) place(p *rules.Pass) (uint64, text) {
	district, detail := address(p)
	if detail == "" {
		return 0, text{}
	}
	where, _ := market(detail)
	return key(district, where), text{value: where}
}

func (b *book) merchantTag(p *rules.Pass) uint32 {
	no := sound(p, merchant.FieldMerchantNo)
	if no == "" {
		no = sound(p, merchant.FieldExternalID)
	}
	if no == "" {
		return max(1, uint32(mix(uint64(b.n), 1)>>32))
	}
	return tag(no)
}

func (b *book) subjectTag(p *rules.Pass) uint32 {
	if no := sound(p, merchant.FieldLicenceNumber); no != "" {
		return tag(no)
	}
	if p.Record.SubjectType == merchant.SubjectMicro {
		return tag(sound(p, merchant.FieldLegalRepIDNo))
	}
	return 0
}

func (b *book) contactTag(p *rules.Pass) uint32 {
	no := sound(p, merchant.FieldContactIDNo)
	if no == "" {
		no = sound(p, merchant.FieldLegalRepIDNo)
	}
	return tag(no)
}

// core is equal for names of which companyname.SameCore says that they are the same.
func (b *book) core(name string) uint32 {
	if name == "" {
		return 0
	}
	n := companyname.Split(name)
	if n.Trade == "" {
		return tag(normalize.Key(name))
	}
	inside := "outside"
	if n.RegionInside {
		inside = "inside"
	}
	return tag(n.RegionCode, inside, n.Trade, plainForm(n.Form), n.Branch)
}

// plainForm writes legal forms as SameCore compares them.
func plainForm(form string) string {
	form = strings.TrimSuffix(form, "(个体工商户)")
	if s, ok := strings.CutSuffix(form, "有限责任公司"); ok {
		return s + "有限公司"
	}
	return form
}

// book is what the batch rules of one run keep of its records, each part only where a rule wants it.
type book struct {
	wanted  [numParts]bool
	n       int // records seen
	keys    [numKeys]keys
	tags    [numTags]column[uint32]
	mobiles keys
	content content
	sums    column[uint64]
	named   column[[len(named)]uint16]
	micros  microList
	devices devices
	persons mentions
}

func newBook() *book { return &book{content: newContent()} }

// open returns the book of a run, which keeps the parts from now on.
func open(s *rules.Shared, list ...part) *book {
	b := rules.Share(s, newBook)
	for i := range b.keys {
		b.keys[i].shared = s
	}
	for _, k := range [...]*keys{&b.mobiles, &b.devices.serials, &b.devices.pairs, &b.devices.alone, &b.persons.numbers, &b.persons.names} {
		k.shared = s
	}
	for _, c := range list {
		b.wanted[c] = true
	}
	return b
}

// Observe writes a record into the book when the first rule of the run shows it.
func (b *book) Observe(p *rules.Pass, ordinal int) {
	if ordinal < b.n {
		ask(p)
		return
	}
	for c := range keyOf {
		if b.wanted[c] {
			b.keys[c].add(keyOf[c](b, p))
		}
	}
	for c := range tagOf {
		if b.wanted[numKeys+c] {
			b.tags[c].add(tagOf[c](b, p))
		}
	}
	if b.wanted[mobiles] {
		b.addMobiles(p)
	}
	if b.wanted[contents] {
		if b.wanted[changes] {
			var each [len(named)]uint16
			b.sums.add(b.content.sum(p.Record, &each))
			b.named.add(each)
		} else {
			b.sums.add(b.content.sum(p.Record, nil))
		}
	}
	if b.wanted[micros] {
		b.micros.add(p, b.n)
	}
	if b.wanted[terminals] {
		b.devices.add(b, p)
	}
	if b.wanted[persons] {
		b.persons.add(b, p)
	}
	b.n++
}

// ask has the engine count a rule for which others have read the values, where a shifted column holds one of them back.
func ask(p *rules.Pass) {
	for _, f := range p.Rule.Fields {
		if f.List() == merchant.FieldNone {
			p.Blocked(merchant.At(f))
			continue
		}
		for i := range p.Record.Len(f) {
			p.Blocked(merchant.Item(f, i))
		}
	}
}

// keyAt and tagAt return what a record has for a part.
func (b *book) keyAt(c part) func(int32) uint64 { return b.keys[c].at }
func (b *book) tagAt(c part) func(int32) uint32 { return b.tags[int(c)-numKeys].at }

func (b *book) groups(c part) []group { return b.keys[c].groups() }
