-- Requests that a client may repeat: kept for a day, one row for each key of an account.

CREATE TABLE idempotency (
    account text COLLATE "C" NOT NULL,
    key_hash text COLLATE "C" NOT NULL,
    fingerprint bytea NOT NULL,
    nonce bytea NOT NULL,
    started_at bigint NOT NULL,
    answer bytea,
    PRIMARY KEY (account, key_hash)
);

CREATE INDEX idempotency_age ON idempotency (started_at);
