package main

import (
	"context"
	"crypto/rand"
	"database/sql"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite"
)

//go:embed migrations/*.sql
var migrations embed.FS

// store is the database: SQLite in one file, or PostgreSQL. All statements are written for both.
type store struct {
	db       *sql.DB
	postgres bool
}

// openStore opens the database, file or postgres:// address, and brings its tables up to date.
func openStore(ctx context.Context, address string) (*store, error) {
	s := &store{postgres: strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://")}
	var err error
	if s.postgres {
		config, e := pgx.ParseConfig(address)
		if e != nil {
			return nil, errors.New("the address cannot be read") // e repeats it, and it may hold a password
		}
		config.ConnectTimeout = 5 * time.Second
		s.db = stdlib.OpenDB(*config)
		s.db.SetMaxOpenConns(16)
	} else {
		// Readers go on while the one writer writes (WAL); another writer waits its turn. NORMAL keeps the file sound
		// after a crash of the machine, at the price of the last transactions.
		name := strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(filepath.ToSlash(address))
		s.db, err = sql.Open("sqlite", "file:"+name+"?_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)&_pragma=busy_timeout(30000)&_txlock=immediate")
		if err != nil {
			return nil, err
		}
		s.db.SetMaxOpenConns(8)
	}
	if err = s.migrate(ctx); err != nil {
		s.db.Close()
		return nil, err
	}
	return s, nil
}

// migrate runs the files of migrations that the database has not seen, each in a transaction of its own.
func (s *store) migrate(ctx context.Context) error {
	if _, err := s.db.ExecContext(ctx, `CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, at TEXT NOT NULL)`); err != nil {
		return err
	}
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return err
	}
	for _, name := range names {
		text, err := migrations.ReadFile(name)
		if err != nil {
			return err
		}
		err = s.tx(ctx, func(tx *sql.Tx) error {
			if s.postgres { // two programs that start at once
				if _, err := tx.ExecContext(ctx, `LOCK TABLE migrations IN EXCLUSIVE MODE`); err != nil {
					return err
				}
			}
			var seen int
			if err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM migrations WHERE name = $1`, name).Scan(&seen); err != nil || seen > 0 {
				return err
			}
			for _, statement := range strings.Split(string(text), ";\n") {
				if strings.TrimSpace(statement) == "" {
					continue
				}
				if _, err := tx.ExecContext(ctx, statement); err != nil {
					return fmt.Errorf("%s: %w", name, err)
				}
			}
			_, err := tx.ExecContext(ctx, `INSERT INTO migrations (name, at) VALUES ($1, $2)`, name, now())
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *store) tx(ctx context.Context, body func(*sql.Tx) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := body(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// batch is rows for one table.
type batch struct {
	table   string
	columns []string
	rows    [][]any
}

func (b *batch) add(values ...any) { b.rows = append(b.rows, values) }

// write stores batches in one transaction, by COPY on PostgreSQL, and empties them.
func (s *store) write(ctx context.Context, batches ...*batch) error {
	var err error
	if s.postgres {
		err = s.copy(ctx, batches)
	} else {
		err = s.tx(ctx, func(tx *sql.Tx) error {
			for _, b := range batches {
				marks := strings.TrimSuffix(strings.Repeat("?,", len(b.columns)), ",")
				insert, err := tx.PrepareContext(ctx, "INSERT INTO "+b.table+" ("+strings.Join(b.columns, ",")+") VALUES ("+marks+")")
				if err != nil {
					return err
				}
				for _, row := range b.rows {
					if _, err := insert.ExecContext(ctx, row...); err != nil {
						return errors.Join(err, insert.Close())
					}
				}
				if err := insert.Close(); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if err == nil {
		for _, b := range batches {
			b.rows = b.rows[:0]
		}
	}
	return err
}

func (s *store) copy(ctx context.Context, batches []*batch) error {
	c, err := s.db.Conn(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	return c.Raw(func(driver any) error {
		return pgx.BeginFunc(ctx, driver.(*stdlib.Conn).Conn(), func(tx pgx.Tx) error {
			for _, b := range batches {
				if _, err := tx.CopyFrom(ctx, pgx.Identifier{b.table}, b.columns, pgx.CopyFromRows(b.rows)); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

// query runs a query and hands each row to scan.
func (s *store) query(ctx context.Context, each func(scan func(...any) error) error, text string, args ...any) error {
	rows, err := s.db.QueryContext(ctx, text, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := each(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// audit notes who did what.
func (s *store) audit(ctx context.Context, actor, action, target, detail string) error {
	return auditIn(ctx, s.db, actor, action, target, detail)
}

// execer is a database or a transaction.
type execer interface {
	ExecContext(context.Context, string, ...any) (sql.Result, error)
}

func auditIn(ctx context.Context, tx execer, actor, action, target, detail string) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO audit (id, at, actor, action, target, detail) VALUES ($1, $2, $3, $4, $5, $6)`,
		newID(), now(), actor, action, target, detail)
	return err
}

func now() string { return time.Now().UTC().Format("2006-01-02T15:04:05.000Z") }

// newID returns an identifier that sorts by time.
func newID() string {
	var b [5]byte
	rand.Read(b[:]) // never fails
	return time.Now().UTC().Format("20060102-150405.000-") + hex.EncodeToString(b[:])
}
