// Command tags serves POST /applications: it binds a request to a struct with our tags and answers what is wrong with it.
//
//	go run ./examples/tags &
//	curl -d '{"uscc":"91310104MA10000091","mobile":"139"}' localhost:8080/applications
package main

import (
	"encoding/json"
	"log"
	"net/http"
	"time"

	"github.com/go-playground/validator/v10"

	"github.com/merchantkyc/merchantkyc/merchant"
	"github.com/merchantkyc/merchantkyc/rules"
	"github.com/merchantkyc/merchantkyc/validate/tag"
)

type application struct {
	USCC   string         `json:"uscc" validate:"required,cn_uscc"`
	Mobile string         `json:"mobile" validate:"required,cn_mobile"`
	Daily  merchant.Money `json:"daily_cny" validate:"required,decimal_gt=0,decimal_scale=2"`
}

type problem struct {
	Field   string   `json:"field"`
	Rule    rules.ID `json:"rule"`
	Message string   `json:"message"`
}

func handler() (http.Handler, error) {
	v := validator.New(validator.WithRequiredStructEnabled())
	if err := tag.Register(v); err != nil {
		return nil, err
	}
	if err := tag.Verify(v, application{}); err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /applications", func(w http.ResponseWriter, r *http.Request) {
		var a application
		if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<16)).Decode(&a); err != nil {
			http.Error(w, "the body is no application", http.StatusBadRequest) // the error may hold values
			return
		}
		found := tag.Findings(v.Struct(a))
		if len(found) == 0 {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		problems := make([]problem, 0, len(found))
		for _, f := range found {
			problems = append(problems, problem{f.Param("namespace"), f.Rule.ID, f.Message("zh", false)})
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusUnprocessableEntity)
		if err := json.NewEncoder(w).Encode(problems); err != nil {
			log.Print(err)
		}
	})
	return mux, nil
}

func main() {
	h, err := handler()
	if err != nil {
		log.Fatal(err)
	}
	server := http.Server{Addr: "localhost:8080", Handler: h, ReadHeaderTimeout: 5 * time.Second}
	log.Fatal(server.ListenAndServe())
}
