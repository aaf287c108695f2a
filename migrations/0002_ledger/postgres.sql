-- The books. Places, keys, kinds and reasons are the numbers of rooms/ledger/types.hpp and of
-- reference/; days are days since 1970, months are year * 12 + month - 1, moments are milliseconds.

-- The end of each centre's chain. PostgreSQL locks this row before it books.
CREATE TABLE ledger_head (
    centre BIGINT PRIMARY KEY,
    sequence BIGINT NOT NULL,
    hash BYTEA NOT NULL CHECK (length(hash) = 32),
    closed_month BIGINT NOT NULL, -- all months up to and including this one; 0: none
    items_issued BIGINT NOT NULL  -- numbers of item codes given out by this centre
);

CREATE TABLE ledger_movement (
    centre BIGINT NOT NULL,
    sequence BIGINT NOT NULL CHECK (sequence > 0),
    id BYTEA NOT NULL CHECK (length(id) = 16),
    kind BIGINT NOT NULL,
    role BIGINT NOT NULL,
    actor BIGINT NOT NULL,
    happened_at BIGINT NOT NULL,
    booked_at BIGINT NOT NULL,
    effective_on BIGINT NOT NULL,
    late BIGINT NOT NULL CHECK (late IN (0, 1)),
    reason BIGINT NOT NULL,
    reverses BYTEA,
    reference_centre BIGINT,
    reference_movement BYTEA,
    closes BIGINT,
    note BYTEA,
    receipt BYTEA,
    hash BYTEA NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (centre, sequence),
    UNIQUE (centre, id)
);

-- A figure opens to the movements of its day.
CREATE INDEX ledger_movement_day ON ledger_movement (centre, effective_on);
-- A movement is reversed once.
CREATE UNIQUE INDEX ledger_movement_reverses ON ledger_movement (centre, reverses)
    WHERE reverses IS NOT NULL;
-- What was received for what was sent, and what was settled.
CREATE INDEX ledger_movement_reference ON ledger_movement (reference_centre, reference_movement)
    WHERE reference_movement IS NOT NULL;
-- What came late to a day or month.
CREATE INDEX ledger_movement_late ON ledger_movement (centre, effective_on) WHERE late = 1;

CREATE TABLE ledger_transfer (
    centre BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    line BIGINT NOT NULL,
    from_place BIGINT NOT NULL,
    from_key BIGINT NOT NULL,
    to_place BIGINT NOT NULL,
    to_key BIGINT NOT NULL,
    grams BIGINT NOT NULL CHECK (grams >= 0),
    pieces BIGINT NOT NULL CHECK (pieces >= 0),
    cents BIGINT NOT NULL CHECK (cents >= 0),
    minutes BIGINT NOT NULL CHECK (minutes >= 0),
    basis BIGINT NOT NULL,
    category BIGINT NOT NULL,
    batch BYTEA,
    item BIGINT NOT NULL,
    oddity BIGINT NOT NULL,
    PRIMARY KEY (centre, sequence, line),
    FOREIGN KEY (centre, sequence) REFERENCES ledger_movement (centre, sequence)
);

CREATE INDEX ledger_transfer_item ON ledger_transfer (centre, item) WHERE item <> 0;
CREATE INDEX ledger_transfer_batch ON ledger_transfer (centre, batch) WHERE batch IS NOT NULL;
CREATE INDEX ledger_transfer_oddity ON ledger_transfer (centre, sequence) WHERE oddity <> 0;

-- Where each known thing is now, and its marks. The row lives with its present centre.
CREATE TABLE ledger_item (
    centre BIGINT NOT NULL,
    item BIGINT NOT NULL,
    category BIGINT NOT NULL,
    place BIGINT NOT NULL,
    stream BIGINT NOT NULL,
    clearance BIGINT NOT NULL, -- 0 needs none, 1 needed, 2 given
    data_state BIGINT NOT NULL, -- 0 carries none, 1 to be erased, 2 erased
    grade BIGINT NOT NULL,
    price_cents BIGINT NOT NULL,
    PRIMARY KEY (centre, item)
);

-- What a counter sent, beside what was booked for it: the raw clock stays here.
CREATE TABLE ledger_action (
    centre BIGINT NOT NULL,
    id BYTEA NOT NULL CHECK (length(id) = 16),
    device TEXT NOT NULL,
    device_sequence BIGINT NOT NULL,
    kind TEXT NOT NULL,
    clock_at BIGINT NOT NULL,
    offset_ms BIGINT NOT NULL,
    booked_at BIGINT NOT NULL,
    PRIMARY KEY (centre, id)
);

-- Running sums, kept in the transaction that books; `verify` proves them equal to the transfers.
CREATE TABLE ledger_balance (
    centre BIGINT NOT NULL,
    place BIGINT NOT NULL,
    account_key BIGINT NOT NULL,
    grams BIGINT NOT NULL,
    pieces BIGINT NOT NULL,
    cents BIGINT NOT NULL,
    minutes BIGINT NOT NULL,
    PRIMARY KEY (centre, place, account_key)
);

CREATE TABLE ledger_flow_day (
    centre BIGINT NOT NULL,
    day BIGINT NOT NULL,
    from_place BIGINT NOT NULL,
    from_key BIGINT NOT NULL,
    to_place BIGINT NOT NULL,
    to_key BIGINT NOT NULL,
    category BIGINT NOT NULL,
    basis BIGINT NOT NULL,
    grams BIGINT NOT NULL,
    pieces BIGINT NOT NULL,
    cents BIGINT NOT NULL,
    minutes BIGINT NOT NULL,
    transfers BIGINT NOT NULL,
    PRIMARY KEY (centre, day, from_place, from_key, to_place, to_key, category, basis)
);

CREATE TABLE ledger_flow_month (
    centre BIGINT NOT NULL,
    month BIGINT NOT NULL,
    from_place BIGINT NOT NULL,
    from_key BIGINT NOT NULL,
    to_place BIGINT NOT NULL,
    to_key BIGINT NOT NULL,
    category BIGINT NOT NULL,
    basis BIGINT NOT NULL,
    grams BIGINT NOT NULL,
    pieces BIGINT NOT NULL,
    cents BIGINT NOT NULL,
    minutes BIGINT NOT NULL,
    transfers BIGINT NOT NULL,
    PRIMARY KEY (centre, month, from_place, from_key, to_place, to_key, category, basis)
);

-- Append only by rights: a distributed engine has no triggers across shards.
REVOKE UPDATE, DELETE, TRUNCATE ON ledger_movement, ledger_transfer FROM PUBLIC;
