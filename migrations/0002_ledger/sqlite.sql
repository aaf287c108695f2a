-- The books. Places, keys, kinds and reasons are the numbers of rooms/ledger/types.hpp and of
-- reference/; days are days since 1970, months are year * 12 + month - 1, moments are milliseconds.

-- The end of each centre's chain. PostgreSQL locks this row before it books.
CREATE TABLE ledger_head (
    centre INTEGER PRIMARY KEY,
    sequence INTEGER NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    closed_month INTEGER NOT NULL, -- all months up to and including this one; 0: none
    items_issued INTEGER NOT NULL  -- numbers of item codes given out by this centre
) STRICT;

CREATE TABLE ledger_movement (
    centre INTEGER NOT NULL,
    sequence INTEGER NOT NULL CHECK (sequence > 0),
    id BLOB NOT NULL CHECK (length(id) = 16),
    kind INTEGER NOT NULL,
    role INTEGER NOT NULL,
    actor INTEGER NOT NULL,
    happened_at INTEGER NOT NULL,
    booked_at INTEGER NOT NULL,
    effective_on INTEGER NOT NULL,
    late INTEGER NOT NULL CHECK (late IN (0, 1)),
    reason INTEGER NOT NULL,
    reverses BLOB,
    reference_centre INTEGER,
    reference_movement BLOB,
    closes INTEGER,
    note BLOB,
    receipt BLOB,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (centre, sequence),
    UNIQUE (centre, id)
) STRICT, WITHOUT ROWID;

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
    centre INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    line INTEGER NOT NULL,
    from_place INTEGER NOT NULL,
    from_key INTEGER NOT NULL,
    to_place INTEGER NOT NULL,
    to_key INTEGER NOT NULL,
    grams INTEGER NOT NULL CHECK (grams >= 0),
    pieces INTEGER NOT NULL CHECK (pieces >= 0),
    cents INTEGER NOT NULL CHECK (cents >= 0),
    minutes INTEGER NOT NULL CHECK (minutes >= 0),
    basis INTEGER NOT NULL,
    category INTEGER NOT NULL,
    batch BLOB,
    item INTEGER NOT NULL,
    oddity INTEGER NOT NULL,
    PRIMARY KEY (centre, sequence, line),
    FOREIGN KEY (centre, sequence) REFERENCES ledger_movement (centre, sequence)
) STRICT, WITHOUT ROWID;

CREATE INDEX ledger_transfer_item ON ledger_transfer (centre, item) WHERE item <> 0;
CREATE INDEX ledger_transfer_batch ON ledger_transfer (centre, batch) WHERE batch IS NOT NULL;
CREATE INDEX ledger_transfer_oddity ON ledger_transfer (centre, sequence) WHERE oddity <> 0;

-- Where each known thing is now, and its marks. The row lives with its present centre.
CREATE TABLE ledger_item (
    centre INTEGER NOT NULL,
    item INTEGER NOT NULL,
    category INTEGER NOT NULL,
    place INTEGER NOT NULL,
    stream INTEGER NOT NULL,
    clearance INTEGER NOT NULL, -- 0 needs none, 1 needed, 2 given
    data_state INTEGER NOT NULL, -- 0 carries none, 1 to be erased, 2 erased
    grade INTEGER NOT NULL,
    price_cents INTEGER NOT NULL,
    PRIMARY KEY (centre, item)
) STRICT, WITHOUT ROWID;

-- What a counter sent, beside what was booked for it: the raw clock stays here.
CREATE TABLE ledger_action (
    centre INTEGER NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    device TEXT NOT NULL,
    device_sequence INTEGER NOT NULL,
    kind TEXT NOT NULL,
    clock_at INTEGER NOT NULL,
    offset_ms INTEGER NOT NULL,
    booked_at INTEGER NOT NULL,
    PRIMARY KEY (centre, id)
) STRICT, WITHOUT ROWID;

-- Running sums, kept in the transaction that books; `verify` proves them equal to the transfers.
CREATE TABLE ledger_balance (
    centre INTEGER NOT NULL,
    place INTEGER NOT NULL,
    account_key INTEGER NOT NULL,
    grams INTEGER NOT NULL,
    pieces INTEGER NOT NULL,
    cents INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    PRIMARY KEY (centre, place, account_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE ledger_flow_day (
    centre INTEGER NOT NULL,
    day INTEGER NOT NULL,
    from_place INTEGER NOT NULL,
    from_key INTEGER NOT NULL,
    to_place INTEGER NOT NULL,
    to_key INTEGER NOT NULL,
    category INTEGER NOT NULL,
    basis INTEGER NOT NULL,
    grams INTEGER NOT NULL,
    pieces INTEGER NOT NULL,
    cents INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    transfers INTEGER NOT NULL,
    PRIMARY KEY (centre, day, from_place, from_key, to_place, to_key, category, basis)
) STRICT, WITHOUT ROWID;

CREATE TABLE ledger_flow_month (
    centre INTEGER NOT NULL,
    month INTEGER NOT NULL,
    from_place INTEGER NOT NULL,
    from_key INTEGER NOT NULL,
    to_place INTEGER NOT NULL,
    to_key INTEGER NOT NULL,
    category INTEGER NOT NULL,
    basis INTEGER NOT NULL,
    grams INTEGER NOT NULL,
    pieces INTEGER NOT NULL,
    cents INTEGER NOT NULL,
    minutes INTEGER NOT NULL,
    transfers INTEGER NOT NULL,
    PRIMARY KEY (centre, month, from_place, from_key, to_place, to_key, category, basis)
) STRICT, WITHOUT ROWID;

-- Append only: a mistake is set right by a reversal.
CREATE TRIGGER ledger_movement_stays BEFORE UPDATE ON ledger_movement
BEGIN SELECT RAISE(ABORT, 'a movement is never changed'); END;
CREATE TRIGGER ledger_movement_is_kept BEFORE DELETE ON ledger_movement
BEGIN SELECT RAISE(ABORT, 'a movement is never deleted'); END;
CREATE TRIGGER ledger_transfer_stays BEFORE UPDATE ON ledger_transfer
BEGIN SELECT RAISE(ABORT, 'a transfer is never changed'); END;
CREATE TRIGGER ledger_transfer_is_kept BEFORE DELETE ON ledger_transfer
BEGIN SELECT RAISE(ABORT, 'a transfer is never deleted'); END;
