-- SPDX-License-Identifier: EUPL-1.2
-- The gate: cars, what was weighed of each, what was not taken in, tickets of a weighbridge, the check
-- of residents and the closing of days. No name and no number plate stands here; a postcode has four
-- figures at most.

-- One car. Its goods stand in the books under the same id.
CREATE TABLE intake_visit (
    centre BIGINT NOT NULL,
    id BYTEA NOT NULL CHECK (length(id) = 16),
    day BIGINT NOT NULL,
    at BIGINT NOT NULL,          -- when, by the corrected clock of the counter
    device BIGINT NOT NULL,      -- of the centre; 0: none
    postcode TEXT,                -- "7201"
    vehicle TEXT,
    reason TEXT,
    receipt TEXT NOT NULL,        -- "none", "qr", "paper"
    took_ms BIGINT NOT NULL,     -- from the first tap to done
    taps BIGINT NOT NULL,
    undone_at BIGINT,
    PRIMARY KEY (centre, id)
);
CREATE INDEX intake_visit_day ON intake_visit (centre, day);

-- What the scale said, for each line of a visit. Grams are net; gross and tare where they were known.
CREATE TABLE intake_weighing (
    centre BIGINT NOT NULL,
    visit BYTEA NOT NULL CHECK (length(visit) = 16),
    line BIGINT NOT NULL,
    lane BIGINT NOT NULL CHECK (lane BETWEEN 1 AND 3), -- 1 reuse, 2 repair, 3 waste
    stream BIGINT NOT NULL,
    category BIGINT NOT NULL,    -- 0: none
    grams BIGINT NOT NULL,
    pieces BIGINT NOT NULL,
    basis BIGINT NOT NULL,
    scale BIGINT NOT NULL,       -- 0: typed
    gross_g BIGINT,
    tare BIGINT NOT NULL,        -- number of the stored tare; 0: none
    tare_g BIGINT,
    raw TEXT NOT NULL,            -- the line that the scale sent; empty: none
    PRIMARY KEY (centre, visit, line)
);

-- What was not taken in. It is counted, and moves nothing.
CREATE TABLE intake_refusal (
    centre BIGINT NOT NULL,
    id BYTEA NOT NULL CHECK (length(id) = 16),
    day BIGINT NOT NULL,
    at BIGINT NOT NULL,
    device BIGINT NOT NULL,
    reason TEXT NOT NULL,
    stop TEXT,                    -- of reference/streams/stops.csv, when it was a hard stop
    stream BIGINT NOT NULL,      -- 0: not said
    elsewhere BIGINT NOT NULL,   -- centre that was named instead; 0: none
    postcode TEXT,
    undone_at BIGINT,
    PRIMARY KEY (centre, id)
);
CREATE INDEX intake_refusal_day ON intake_refusal (centre, day);

-- A vehicle that was weighed full and comes back empty. The second weighing books the net.
CREATE TABLE intake_ticket (
    centre BIGINT NOT NULL,
    id BYTEA NOT NULL CHECK (length(id) = 16),
    word TEXT NOT NULL,           -- what the driver got: "17"
    day BIGINT NOT NULL,
    opened_at BIGINT NOT NULL,
    device BIGINT NOT NULL,
    lane BIGINT NOT NULL CHECK (lane BETWEEN 1 AND 3),
    stream BIGINT NOT NULL,
    gross_g BIGINT NOT NULL,
    basis BIGINT NOT NULL,
    scale BIGINT NOT NULL,
    raw TEXT NOT NULL,
    vehicle TEXT,
    visit BYTEA,                   -- the visit that completed it
    voided_at BIGINT,
    void_reason TEXT,
    PRIMARY KEY (centre, id)
);

-- How a centre wants its gate. The secret makes passes unreadable; a new one each year forgets them.
CREATE TABLE intake_gate_setting (
    centre BIGINT PRIMARY KEY,
    resident_check TEXT NOT NULL CHECK (resident_check IN ('off', 'optional', 'required')),
    quota BIGINT NOT NULL,       -- visits a year with one pass; 0: no limit
    year BIGINT NOT NULL,
    secret BYTEA NOT NULL CHECK (length(secret) = 32),
    changed_at BIGINT NOT NULL
);

-- How often a pass came by this year. Nobody can read back which pass that was.
CREATE TABLE intake_pass (
    centre BIGINT NOT NULL,
    year BIGINT NOT NULL,
    pass BYTEA NOT NULL CHECK (length(pass) = 32),
    visits BIGINT NOT NULL,
    PRIMARY KEY (centre, year, pass)
);

-- A day that the lead has looked through. It stays possible to set things right; then a reason is asked.
CREATE TABLE intake_day (
    centre BIGINT NOT NULL,
    day BIGINT NOT NULL,
    closed_at BIGINT NOT NULL,
    closed_by BIGINT NOT NULL,   -- person
    note TEXT NOT NULL,
    PRIMARY KEY (centre, day)
);
