// One row over net/http and pgx: what the server does for `GET /jobs/{id}`, with its statements, its row-level security and its tokens.
package main

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"log"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/jackc/pgx/v4"
	"github.com/jackc/pgx/v4/pgxpool"
)

type claims struct {
	Subject string `json:"sub"`
	Tenant  string `json:"tenant"`
	Expires int64  `json:"exp"`
}

type job struct {
	ID             string          `json:"id"`
	CompanyID      string          `json:"companyId"`
	CompanyName    string          `json:"companyName"`
	PipelineID     *string         `json:"pipelineId,omitempty"`
	Title          string          `json:"title"`
	Description    string          `json:"description"`
	Department     *string         `json:"department,omitempty"`
	Location       *string         `json:"location,omitempty"`
	Workplace      string          `json:"workplace"`
	EmploymentType string          `json:"employmentType"`
	Openings       int             `json:"openings"`
	Details        json.RawMessage `json:"details"`
	Channels       []string        `json:"channels"`
	Status         string          `json:"status"`
	Version        int             `json:"version"`
	CreatedBy      *string         `json:"createdBy,omitempty"`
	CreatedAt      time.Time       `json:"createdAt"`
	UpdatedAt      time.Time       `json:"updatedAt"`
	PublishedAt    *time.Time      `json:"publishedAt,omitempty"`
	ClosesAt       *time.Time      `json:"closesAt,omitempty"`
}

type meta struct {
	Timestamp time.Time `json:"timestamp"`
	RequestID string    `json:"requestId"`
}

type envelope struct {
	Success bool        `json:"success"`
	Data    interface{} `json:"data,omitempty"`
	Error   interface{} `json:"error,omitempty"`
	Meta    meta        `json:"meta"`
}

var secret = []byte(os.Getenv("TENURE_SECRET"))

func verify(header string) (*claims, bool) {
	parts := strings.Split(strings.TrimPrefix(header, "Bearer "), ".")
	if len(parts) != 3 {
		return nil, false
	}
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(parts[0] + "." + parts[1]))
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	if err != nil || !hmac.Equal(signature, mac.Sum(nil)) {
		return nil, false
	}
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		return nil, false
	}
	var found claims
	if json.Unmarshal(payload, &found) != nil || found.Expires < time.Now().Unix() {
		return nil, false
	}
	return &found, true
}

func answer(w http.ResponseWriter, status int, body envelope) {
	var id [8]byte
	rand.Read(id[:])
	body.Meta = meta{time.Now().UTC(), "req_" + hex.EncodeToString(id[:])}
	bytes, _ := json.Marshal(body)
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	w.Write(bytes)
}

func main() {
	statements := [2]string{os.Getenv("PEER_ENTER"), os.Getenv("PEER_ROW")}
	pool, err := pgxpool.Connect(context.Background(), os.Getenv("PEER_DATABASE"))
	if err != nil {
		log.Fatal(err)
	}
	http.HandleFunc("/api/v1/jobs/", func(w http.ResponseWriter, r *http.Request) {
		caller, ok := verify(r.Header.Get("Authorization"))
		if !ok {
			answer(w, 401, envelope{Error: "UNAUTHORIZED"})
			return
		}
		batch := &pgx.Batch{}
		batch.Queue(statements[0], enterArguments(caller)...)
		batch.Queue(statements[1], caller.Tenant, strings.TrimPrefix(r.URL.Path, "/api/v1/jobs/"))
		results := pool.SendBatch(r.Context(), batch)
		defer results.Close()
		if _, err := results.Exec(); err != nil {
			answer(w, 500, envelope{Error: err.Error()})
			return
		}
		var j job
		err := results.QueryRow().Scan(&j.ID, &j.CompanyID, &j.CompanyName, &j.PipelineID, &j.Title, &j.Description, &j.Department, &j.Location,
			&j.Workplace, &j.EmploymentType, &j.Openings, &j.Details, &j.Channels, &j.Status, &j.Version, &j.CreatedBy, &j.CreatedAt,
			&j.UpdatedAt, &j.PublishedAt, &j.ClosesAt)
		if err != nil {
			answer(w, 404, envelope{Error: err.Error()})
			return
		}
		answer(w, 200, envelope{Success: true, Data: j})
	})
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PEER_PORT"), nil))
}

// The tenant, and where the server sets it the operation's time.
func enterArguments(caller *claims) []interface{} {
	if strings.Contains(os.Getenv("PEER_ENTER"), "$2") {
		return []interface{}{caller.Tenant, "2000"}
	}
	return []interface{}{caller.Tenant}
}
