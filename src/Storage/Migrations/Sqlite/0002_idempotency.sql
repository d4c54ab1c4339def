-- Requests that a client may repeat: kept for a day, one row for each key of an account.

CREATE TABLE idempotency (
    account TEXT NOT NULL,
    key_hash TEXT NOT NULL,
    fingerprint BLOB NOT NULL,
    nonce BLOB NOT NULL,
    started_at INTEGER NOT NULL,
    answer BLOB,
    PRIMARY KEY (account, key_hash)
) WITHOUT ROWID;

CREATE INDEX idempotency_age ON idempotency (started_at);
