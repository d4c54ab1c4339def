-- Who tried to change what: rows are only ever added. Ids grow with time.

CREATE TABLE audit (
    id text COLLATE "C" PRIMARY KEY,
    project text COLLATE "C" NOT NULL,
    account text COLLATE "C" NOT NULL,
    action text COLLATE "C" NOT NULL,
    subject_kind text COLLATE "C" NOT NULL,
    subject text COLLATE "C" NOT NULL,
    status integer NOT NULL,
    calls bigint NOT NULL,
    data bytea NOT NULL
);

CREATE INDEX audit_project ON audit (project, id);
CREATE INDEX audit_account ON audit (account, id);
CREATE INDEX audit_subject ON audit (subject, id);
