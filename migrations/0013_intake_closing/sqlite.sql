-- Each time that a lead looked a day through; before, only the last one was kept.
CREATE TABLE intake_closing (
    centre INTEGER NOT NULL,
    day INTEGER NOT NULL,
    closed_at INTEGER NOT NULL,
    closed_by INTEGER NOT NULL,   -- person
    note TEXT NOT NULL,
    PRIMARY KEY (centre, day, closed_at)
) STRICT, WITHOUT ROWID;

INSERT INTO intake_closing SELECT centre, day, closed_at, closed_by, note FROM intake_day;
DROP TABLE intake_day;
