-- SPDX-License-Identifier: EUPL-1.2
-- The gate: cars, what was weighed of each, what was not taken in, tickets of a weighbridge, the check
-- of residents and the closing of days. No name and no number plate stands here; a postcode has four
-- figures at most.

-- One car. Its goods stand in the books under the same id.
CREATE TABLE intake_visit (
    centre INTEGER NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    day INTEGER NOT NULL,
    at INTEGER NOT NULL,          -- when, by the corrected clock of the counter
    device INTEGER NOT NULL,      -- of the centre; 0: none
    postcode TEXT,                -- "7201"
    vehicle TEXT,
    reason TEXT,
    receipt TEXT NOT NULL,        -- "none", "qr", "paper"
    took_ms INTEGER NOT NULL,     -- from the first tap to done
    taps INTEGER NOT NULL,
    undone_at INTEGER,
    PRIMARY KEY (centre, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX intake_visit_day ON intake_visit (centre, day);

-- What the scale said, for each line of a visit. Grams are net; gross and tare where they were known.
CREATE TABLE intake_weighing (
    centre INTEGER NOT NULL,
    visit BLOB NOT NULL CHECK (length(visit) = 16),
    line INTEGER NOT NULL,
    lane INTEGER NOT NULL CHECK (lane BETWEEN 1 AND 3), -- 1 reuse, 2 repair, 3 waste
    stream INTEGER NOT NULL,
    category INTEGER NOT NULL,    -- 0: none
    grams INTEGER NOT NULL,
    pieces INTEGER NOT NULL,
    basis INTEGER NOT NULL,
    scale INTEGER NOT NULL,       -- 0: typed
    gross_g INTEGER,
    tare INTEGER NOT NULL,        -- number of the stored tare; 0: none
    tare_g INTEGER,
    raw TEXT NOT NULL,            -- the line that the scale sent; empty: none
    PRIMARY KEY (centre, visit, line)
) STRICT, WITHOUT ROWID;

-- What was not taken in. It is counted, and moves nothing.
CREATE TABLE intake_refusal (
    centre INTEGER NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    day INTEGER NOT NULL,
    at INTEGER NOT NULL,
    device INTEGER NOT NULL,
    reason TEXT NOT NULL,
    stop TEXT,                    -- of reference/streams/stops.csv, when it was a hard stop
    stream INTEGER NOT NULL,      -- 0: not said
    elsewhere INTEGER NOT NULL,   -- centre that was named instead; 0: none
    postcode TEXT,
    undone_at INTEGER,
    PRIMARY KEY (centre, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX intake_refusal_day ON intake_refusal (centre, day);

-- A vehicle that was weighed full and comes back empty. The second weighing books the net.
CREATE TABLE intake_ticket (
    centre INTEGER NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    word TEXT NOT NULL,           -- what the driver got: "17"
    day INTEGER NOT NULL,
    opened_at INTEGER NOT NULL,
    device INTEGER NOT NULL,
    lane INTEGER NOT NULL CHECK (lane BETWEEN 1 AND 3),
    stream INTEGER NOT NULL,
    gross_g INTEGER NOT NULL,
    basis INTEGER NOT NULL,
    scale INTEGER NOT NULL,
    raw TEXT NOT NULL,
    vehicle TEXT,
    visit BLOB,                   -- the visit that completed it
    voided_at INTEGER,
    void_reason TEXT,
    PRIMARY KEY (centre, id)
) STRICT, WITHOUT ROWID;

-- How a centre wants its gate. The secret makes passes unreadable; a new one each year forgets them.
CREATE TABLE intake_gate_setting (
    centre INTEGER PRIMARY KEY,
    resident_check TEXT NOT NULL CHECK (resident_check IN ('off', 'optional', 'required')),
    quota INTEGER NOT NULL,       -- visits a year with one pass; 0: no limit
    year INTEGER NOT NULL,
    secret BLOB NOT NULL CHECK (length(secret) = 32),
    changed_at INTEGER NOT NULL
) STRICT;

-- How often a pass came by this year. Nobody can read back which pass that was.
CREATE TABLE intake_pass (
    centre INTEGER NOT NULL,
    year INTEGER NOT NULL,
    pass BLOB NOT NULL CHECK (length(pass) = 32),
    visits INTEGER NOT NULL,
    PRIMARY KEY (centre, year, pass)
) STRICT, WITHOUT ROWID;

-- A day that the lead has looked through. It stays possible to set things right; then a reason is asked.
CREATE TABLE intake_day (
    centre INTEGER NOT NULL,
    day INTEGER NOT NULL,
    closed_at INTEGER NOT NULL,
    closed_by INTEGER NOT NULL,   -- person
    note TEXT NOT NULL,
    PRIMARY KEY (centre, day)
) STRICT, WITHOUT ROWID;
