-- Times are UTC in ticks of 100 ns since 0001-01-01, so that what is read equals what was written.
-- Text is compared byte by byte (collation "C"), so that lists and cursors are ordered alike in every dialect.

CREATE TABLE stream (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text COLLATE "C" NOT NULL UNIQUE,
    head bigint NOT NULL
) WITH (fillfactor = 70);

CREATE TABLE journal (
    stream_id bigint NOT NULL REFERENCES stream (id),
    revision bigint NOT NULL,
    batch_id uuid NOT NULL,
    at bigint NOT NULL,
    author text NOT NULL,
    payload bytea NOT NULL,
    PRIMARY KEY (stream_id, revision)
);

CREATE UNIQUE INDEX journal_batch ON journal (stream_id, batch_id);

CREATE TABLE snapshot (
    stream text COLLATE "C" PRIMARY KEY,
    revision bigint NOT NULL,
    at bigint NOT NULL,
    payload bytea NOT NULL
);

CREATE TABLE catalog_entry (
    kind text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    scope text COLLATE "C" NOT NULL,
    name text NOT NULL,
    name_key text COLLATE "C" NOT NULL,
    status text NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    data bytea NOT NULL,
    PRIMARY KEY (kind, id)
) WITH (fillfactor = 80);

CREATE INDEX catalog_entry_scope ON catalog_entry (kind, scope, id);
CREATE INDEX catalog_entry_name ON catalog_entry (kind, scope, name_key, id);
CREATE INDEX catalog_entry_updated ON catalog_entry (kind, scope, updated_at, id);

CREATE TABLE catalog_link (
    kind text COLLATE "C" NOT NULL,
    from_id text COLLATE "C" NOT NULL,
    to_id text COLLATE "C" NOT NULL,
    data bytea NOT NULL,
    PRIMARY KEY (kind, from_id, to_id)
);

CREATE INDEX catalog_link_to ON catalog_link (kind, to_id, from_id);

CREATE TABLE catalog_key (
    kind text COLLATE "C" NOT NULL,
    value text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    PRIMARY KEY (kind, value)
);

CREATE TABLE grain_state (
    grain_type text COLLATE "C" NOT NULL,
    grain_key text COLLATE "C" NOT NULL,
    state_name text COLLATE "C" NOT NULL,
    payload bytea NOT NULL,
    etag text NOT NULL,
    PRIMARY KEY (grain_type, grain_key, state_name)
);

CREATE TABLE reminder (
    grain_id text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    start_at bigint NOT NULL,
    period bigint NOT NULL,
    etag text NOT NULL,
    PRIMARY KEY (grain_id, name)
);

CREATE TABLE blob (
    id text COLLATE "C" PRIMARY KEY,
    content_type text NOT NULL,
    content bytea NOT NULL
);
