-- Times are UTC in ticks of 100 ns since 0001-01-01, so that what is read equals what was written.

CREATE TABLE stream (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    head INTEGER NOT NULL
);

-- Clustered by stream: a replay reads neighbouring pages, and an append touches one page of the table and one of the index.
CREATE TABLE journal (
    stream_id INTEGER NOT NULL REFERENCES stream (id),
    revision INTEGER NOT NULL,
    batch_id BLOB NOT NULL,
    at INTEGER NOT NULL,
    author TEXT NOT NULL,
    payload BLOB NOT NULL,
    PRIMARY KEY (stream_id, revision)
) WITHOUT ROWID;

CREATE UNIQUE INDEX journal_batch ON journal (stream_id, batch_id);

CREATE TABLE snapshot (
    stream TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    at INTEGER NOT NULL,
    payload BLOB NOT NULL
);

CREATE TABLE catalog_entry (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    scope TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    status TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (kind, id)
);

CREATE INDEX catalog_entry_scope ON catalog_entry (kind, scope, id);
CREATE INDEX catalog_entry_name ON catalog_entry (kind, scope, name_key, id);
CREATE INDEX catalog_entry_updated ON catalog_entry (kind, scope, updated_at, id);

CREATE TABLE catalog_link (
    kind TEXT NOT NULL,
    from_id TEXT NOT NULL,
    to_id TEXT NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (kind, from_id, to_id)
) WITHOUT ROWID;

CREATE INDEX catalog_link_to ON catalog_link (kind, to_id, from_id);

CREATE TABLE catalog_key (
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    id TEXT NOT NULL,
    PRIMARY KEY (kind, value)
) WITHOUT ROWID;

CREATE TABLE grain_state (
    grain_type TEXT NOT NULL,
    grain_key TEXT NOT NULL,
    state_name TEXT NOT NULL,
    payload BLOB NOT NULL,
    etag TEXT NOT NULL,
    PRIMARY KEY (grain_type, grain_key, state_name)
);

CREATE TABLE reminder (
    grain_id TEXT NOT NULL,
    name TEXT NOT NULL,
    start_at INTEGER NOT NULL,
    period INTEGER NOT NULL,
    etag TEXT NOT NULL,
    PRIMARY KEY (grain_id, name)
);

CREATE TABLE blob (
    id TEXT PRIMARY KEY,
    content_type TEXT NOT NULL,
    content BLOB NOT NULL
);
