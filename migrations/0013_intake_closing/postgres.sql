-- Each time that a lead looked a day through; before, only the last one was kept.
CREATE TABLE intake_closing (
    centre BIGINT NOT NULL,
    day BIGINT NOT NULL,
    closed_at BIGINT NOT NULL,
    closed_by BIGINT NOT NULL,   -- person
    note TEXT NOT NULL,
    PRIMARY KEY (centre, day, closed_at)
);

INSERT INTO intake_closing SELECT centre, day, closed_at, closed_by, note FROM intake_day;
DROP TABLE intake_day;
