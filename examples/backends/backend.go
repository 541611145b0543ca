// A backend for wecard-lookup in Go 1.19 or newer, standard library alone.
//
// It adds the platform's token to each search and answers by the contract (docs/backend.md).
//
//	export WECARD_BASE_URL=https://open.wecard.qq.com WECARD_APP_KEY=... WECARD_APP_SECRET=... WECARD_OCODE=...
//	PORT=8080 go run backend.go
//	npm run conformance -- http://127.0.0.1:8080/api/members/search --hit "a test member's name"
//
// What it lacks: it does not ask who is looking. Whoever reaches it can look up everybody, so it listens on
// loopback, behind a gateway that signs people in, limits them and keeps an audit log. Every process has a
// token of its own. It hides no field: what the platform grants, every viewer sees.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log"
	"mime"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

const (
	maxQuestion, maxAnswer, maxKeyword = 4 << 10, 8 << 20, 64
	searchTime, tokenTime, callTime    = 12 * time.Second, 10 * time.Second, 3 * time.Second
)

// failure is an HTTP status, and the platform's code where it is one that the app knows.
type failure struct{ status, errcode int }

func (f failure) Error() string { return strconv.Itoa(f.status) }

// What the app is answered; any other code is 502.
var statusOf = map[int]int{40003: 401, 40008: 403, 40009: 400, 40010: 400, 40018: 403}

var platform = strings.TrimRight(os.Getenv("WECARD_BASE_URL"), "/")

// A redirect would carry the token elsewhere.
var client = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

// number is read from text, too.
type number int

func (n *number) UnmarshalJSON(data []byte) error {
	value, err := strconv.Atoi(strings.Trim(string(data), `"`))
	*n = number(value)
	return err
}

type answer struct {
	Errcode  *number         `json:"errcode"`
	Userlist json.RawMessage `json:"userlist"`
	Token    string          `json:"access_token"`
	Life     number          `json:"expires_in"`
}

func (a answer) code() int {
	if a.Errcode == nil {
		return 0
	}
	return int(*a.Errcode)
}

// call POSTs to the platform; the deadline covers the answer's last byte.
func call(ctx context.Context, limit time.Duration, path string, body any) (answer, error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	sent, _ := json.Marshal(body)
	request, err := http.NewRequestWithContext(ctx, "POST", platform+path, bytes.NewReader(sent))
	if err != nil {
		return answer{}, failure{status: 502}
	}
	request.Header.Set("Content-Type", "application/json")
	var got answer
	response, err := client.Do(request)
	if err == nil {
		defer response.Body.Close()
		var text []byte
		text, err = io.ReadAll(io.LimitReader(response.Body, maxAnswer+1))
		if err == nil && (len(text) > maxAnswer || len(text) == 0 || text[0] != '{') {
			err = errors.New("no JSON object, or too long")
		}
		if err == nil {
			err = json.Unmarshal(text, &got)
		}
		// The platform tells a refusal with any status.
		if err == nil && response.StatusCode >= 300 && got.Errcode == nil {
			err = errors.New(response.Status)
		}
	}
	if err != nil && ctx.Err() != nil {
		return answer{}, failure{status: 504}
	}
	if err != nil {
		return answer{}, failure{status: 502}
	}
	return got, nil
}

// token is shared by all searches, and fetched by the one that holds the turn.
var token struct {
	value string
	until time.Time
}
var turn = make(chan struct{}, 1)

func tokenFor(ctx context.Context, rejected string) (string, error) {
	select {
	case turn <- struct{}{}:
		defer func() { <-turn }()
	case <-ctx.Done():
		return "", failure{status: 504}
	}
	asked := time.Now()
	if token.value != "" && token.value != rejected && asked.Before(token.until) {
		return token.value, nil
	}
	token.value = ""
	got, err := call(ctx, tokenTime, "/cgi-bin/oauth2/token", map[string]string{
		"app_key": os.Getenv("WECARD_APP_KEY"), "app_secret": os.Getenv("WECARD_APP_SECRET"),
		"ocode": os.Getenv("WECARD_OCODE"), "grant_type": "client_credentials", "scope": "base",
	})
	if code := got.code(); err == nil && (code == 40008 || code == 40018) {
		err = failure{status: 403, errcode: code}
	} else if err == nil && (code != 0 || got.Token == "") {
		err = failure{status: 502}
	}
	if err != nil {
		return "", err
	}
	if got.Life <= 0 {
		got.Life = 7200
	}
	token.value, token.until = got.Token, asked.Add(time.Duration(got.Life)*time.Second*3/4)
	return token.value, nil
}

// search finds members; a token that the platform rejects is renewed once.
func search(ctx context.Context, keyword string) (json.RawMessage, error) {
	ctx, cancel := context.WithTimeout(ctx, searchTime)
	defer cancel()
	var got answer
	rejected := ""
	for tries := 0; tries < 2; tries++ {
		value, err := tokenFor(ctx, rejected)
		if err != nil {
			return nil, err
		}
		path := "/cgi-bin/user/search?access_token=" + url.QueryEscape(value)
		if got, err = call(ctx, callTime, path, map[string]string{"keywords": keyword}); err != nil {
			return nil, err
		}
		if got.code() != 40002 && got.code() != 40005 {
			break
		}
		rejected = value
	}
	switch code := got.code(); {
	case code == 40007 || (code == 0 && (len(got.Userlist) == 0 || string(got.Userlist) == "null")):
		return json.RawMessage("[]"), nil
	case code == 0:
		return got.Userlist, nil
	case statusOf[code] != 0:
		return nil, failure{statusOf[code], code}
	}
	return nil, failure{status: 502}
}

// keywordIn reads what the app sends.
func keywordIn(w http.ResponseWriter, r *http.Request) (string, error) {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case r.URL.Path != "/api/members/search":
		return "", failure{status: 404}
	case r.Method != http.MethodPost:
		return "", failure{status: 405}
	case r.Header.Get("X-Requested-With") != "wecard-lookup":
		return "", failure{status: 403}
	case kind != "application/json":
		return "", failure{status: 415}
	}
	var asked struct{ Keywords string }
	text, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxQuestion))
	if err != nil {
		return "", failure{status: 413}
	}
	length := 0
	if json.Unmarshal(text, &asked) == nil {
		length = utf8.RuneCountInString(asked.Keywords)
	}
	if strings.TrimSpace(asked.Keywords) == "" || length > maxKeyword {
		return "", failure{status: 400}
	}
	return asked.Keywords, nil
}

func handle(w http.ResponseWriter, r *http.Request) {
	keyword, err := keywordIn(w, r)
	found := json.RawMessage("[]")
	if err == nil {
		found, err = search(r.Context(), keyword)
	}
	status, body := 200, map[string]any{"errcode": 0, "errmsg": "ok", "userlist": found}
	if failed := (failure{}); errors.As(err, &failed) {
		if failed.errcode == 0 {
			failed.errcode = failed.status
		}
		status, body = failed.status, map[string]any{"errcode": failed.errcode, "errmsg": "failed"}
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

func main() {
	port := os.Getenv("PORT")
	if port == "" {
		port = "8080"
	}
	server := &http.Server{
		Addr: "127.0.0.1:" + port, Handler: http.HandlerFunc(handle),
		ReadTimeout: 10 * time.Second, WriteTimeout: 30 * time.Second, IdleTimeout: time.Minute,
	}
	log.Fatal(server.ListenAndServe())
}
