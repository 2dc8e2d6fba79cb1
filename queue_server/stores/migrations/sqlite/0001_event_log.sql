-- The log: one hall, one working day, events in order. Everything else can be rebuilt from it.
CREATE TABLE events (
    hall    TEXT    NOT NULL,
    day     TEXT    NOT NULL,  -- the hall's own date, YYYY-MM-DD
    seq     INTEGER NOT NULL,  -- from 1 within the day, without gaps
    name    TEXT    NOT NULL,
    version INTEGER NOT NULL,
    at      TEXT    NOT NULL,  -- UTC, ISO 8601
    actor   TEXT    NOT NULL,
    command TEXT    NOT NULL,
    body    TEXT    NOT NULL,  -- JSON
    PRIMARY KEY (hall, day, seq)
) WITHOUT ROWID;
