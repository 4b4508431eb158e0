package tag_test

import (
	"fmt"
	"log"

	"github.com/go-playground/validator/v10"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/validate/tag"
)

// Application is what a service binds.
type Application struct {
	USCC   string         `json:"uscc" validate:"required,cn_uscc"`
	Mobile string         `json:"mobile" validate:"required,cn_mobile"`
	Single merchant.Money `json:"single_cny" validate:"required,decimal_gt=0,decimal_ltefield=Daily"`
	Daily  merchant.Money `json:"daily_cny" validate:"required"`
}

// A handler validates a request and answers with rule IDs and masked messages.
func Example() {
	v := validator.New(validator.WithRequiredStructEnabled())
	if err := tag.Register(v); err != nil {
		log.Fatal(err)
	}
	if err := tag.Verify(v, Application{}); err != nil { // better in a test
		log.Fatal(err)
	}
	err := v.Struct(Application{USCC: "91310104MA10000091", Mobile: "13910000000", Single: merchant.Fen(20000), Daily: merchant.Fen(10000)})
	for _, f := range tag.Findings(err) {
		fmt.Println(f.Rule.ID, f.Param("namespace"), f.Message("en", false))
	}
	// Output:
	// LIC003 Application.USCC USCC "9131**********0091" fails its check at position 18; compare with the licence character by character
	// TAG-001 Application.Single Application.Single fails decimal_ltefield
}
