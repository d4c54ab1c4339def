-- Who tried to change what: rows are only ever added. Ids grow with time.

CREATE TABLE audit (
    id TEXT PRIMARY KEY,
    project TEXT NOT NULL,
    account TEXT NOT NULL,
    action TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    status INTEGER NOT NULL,
    calls INTEGER NOT NULL,
    data BLOB NOT NULL
) WITHOUT ROWID;

CREATE INDEX audit_project ON audit (project, id);
CREATE INDEX audit_account ON audit (account, id);
CREATE INDEX audit_subject ON audit (subject, id);
