-- One text for SQLite and PostgreSQL: TEXT and BIGINT only. Times are RFC 3339 in UTC, dates yyyy-mm-dd.

CREATE TABLE runs (
	id          TEXT PRIMARY KEY, -- sorts by time
	state       TEXT NOT NULL,    -- queued, running, complete, failed (the input's fault), broken (ours)
	retry_of    TEXT NOT NULL,    -- the broken run that this one repeats
	folder      TEXT NOT NULL,    -- below runs/ of the data folder
	actor       TEXT NOT NULL,
	lang        TEXT NOT NULL,
	book        TEXT NOT NULL,    -- names of the files as uploaded
	registry    TEXT NOT NULL,
	as_of       TEXT NOT NULL,
	created_at  TEXT NOT NULL,
	finished_at TEXT NOT NULL,
	records     BIGINT NOT NULL,
	errors      BIGINT NOT NULL,
	warnings    BIGINT NOT NULL,
	notes       BIGINT NOT NULL,
	suppressed  BIGINT NOT NULL,
	partial     BIGINT NOT NULL,
	problem_zh  TEXT NOT NULL,
	problem_en  TEXT NOT NULL
);
CREATE INDEX runs_state ON runs (state, id);

-- Every form a record ever had. A run adds a row only where the record changed, and none is ever overwritten.
CREATE TABLE versions (
	merchant TEXT NOT NULL,
	sum      TEXT NOT NULL, -- SHA-256 of body
	body     TEXT NOT NULL, -- the record as JSON of the model
	PRIMARY KEY (merchant, sum)
);

CREATE TABLE run_records (
	run_id   TEXT NOT NULL,
	merchant TEXT NOT NULL, -- merchant_no, else external_id; '' stands for what concerns no merchant
	sum      TEXT NOT NULL,
	name     TEXT NOT NULL,
	PRIMARY KEY (run_id, merchant)
);
CREATE INDEX run_records_merchant ON run_records (merchant);

CREATE TABLE run_rules (
	run_id  TEXT NOT NULL,
	rule    TEXT NOT NULL,
	applied BIGINT NOT NULL,
	PRIMARY KEY (run_id, rule)
);

CREATE TABLE findings (
	run_id      TEXT NOT NULL,
	seq         BIGINT NOT NULL,
	fingerprint TEXT NOT NULL,
	rule        TEXT NOT NULL,
	severity    BIGINT NOT NULL,
	cause       TEXT NOT NULL,
	merchant    TEXT NOT NULL,
	path        TEXT NOT NULL,
	state       TEXT NOT NULL, -- new, open, fixed, unchecked (open before, and its rule did not run)
	suppressed  BIGINT NOT NULL,
	detail      TEXT NOT NULL, -- value, parameters and place as JSON
	PRIMARY KEY (run_id, seq)
);
CREATE INDEX findings_fingerprint ON findings (run_id, fingerprint);
CREATE INDEX findings_merchant ON findings (run_id, merchant);

CREATE TABLE run_causes (
	run_id   TEXT NOT NULL,
	cause    TEXT NOT NULL,
	errors   BIGINT NOT NULL,
	warnings BIGINT NOT NULL,
	PRIMARY KEY (run_id, cause)
);

CREATE TABLE due (
	run_id   TEXT NOT NULL,
	merchant TEXT NOT NULL,
	path     TEXT NOT NULL,
	due_on   TEXT NOT NULL,
	PRIMARY KEY (run_id, merchant, path)
);
CREATE INDEX due_on ON due (due_on);

-- Where each merchant stands: the last complete run that held it.
CREATE TABLE merchants (
	merchant TEXT PRIMARY KEY,
	run_id   TEXT NOT NULL,
	sum      TEXT NOT NULL,
	name     TEXT NOT NULL
);

CREATE TABLE suppressions (
	id         TEXT PRIMARY KEY,
	rule       TEXT NOT NULL,
	merchant   TEXT NOT NULL,
	path       TEXT NOT NULL,
	reason     TEXT NOT NULL,
	until_on   TEXT NOT NULL,
	actor      TEXT NOT NULL,
	created_at TEXT NOT NULL,
	ended_at   TEXT NOT NULL
);

CREATE TABLE audit (
	id     TEXT PRIMARY KEY,
	at     TEXT NOT NULL,
	actor  TEXT NOT NULL,
	action TEXT NOT NULL,
	target TEXT NOT NULL,
	detail TEXT NOT NULL
);
