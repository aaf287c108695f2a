-- SPDX-License-Identifier: EUPL-1.2
-- Repairs, one row each, beside the ledger: what stands in files of the Open Repair Data Standard
-- in the spelling of whoever wrote it, and what it counts as. Free text with phone numbers and
-- e-mail addresses taken out; it is not in the ledger, so it can be forgotten.
CREATE TABLE workshop_repair (
    centre INTEGER NOT NULL,
    repair BLOB NOT NULL CHECK (length(repair) = 16), -- derived from provider and record_id
    movement BLOB NOT NULL CHECK (length(movement) = 16),
    item INTEGER NOT NULL,
    category INTEGER NOT NULL CHECK (category BETWEEN 0 AND 40), -- of the standard; 0: unknown
    outcome INTEGER NOT NULL CHECK (outcome BETWEEN 0 AND 3),
    barrier INTEGER NOT NULL CHECK (barrier BETWEEN 0 AND 7),
    counts_on INTEGER NOT NULL, -- the day in the sums
    reversed_on INTEGER, -- the day on which its reversal counts; NULL: it stands
    record_id TEXT NOT NULL,
    data_provider TEXT NOT NULL,
    country TEXT NOT NULL,
    partner_product_category TEXT NOT NULL,
    product_category TEXT NOT NULL,
    product_category_id TEXT NOT NULL,
    brand TEXT NOT NULL,
    year_of_manufacture TEXT NOT NULL,
    product_age TEXT NOT NULL,
    repair_status TEXT NOT NULL,
    repair_barrier TEXT NOT NULL,
    group_identifier TEXT NOT NULL,
    event_date TEXT NOT NULL,
    record_date TEXT NOT NULL,
    problem TEXT NOT NULL,
    PRIMARY KEY (centre, repair)
) STRICT, WITHOUT ROWID;

-- Finds a row of a file again, and gives the order of an export.
CREATE INDEX workshop_repair_record ON workshop_repair (record_id, data_provider);
-- A reversal names the movement.
CREATE UNIQUE INDEX workshop_repair_movement ON workshop_repair (centre, movement);

-- Sums of outcomes, kept in the transaction that books or reverses.
CREATE TABLE workshop_outcome_day (
    centre INTEGER NOT NULL,
    day INTEGER NOT NULL,
    category INTEGER NOT NULL,
    outcome INTEGER NOT NULL,
    barrier INTEGER NOT NULL,
    repairs INTEGER NOT NULL,
    PRIMARY KEY (centre, day, category, outcome, barrier)
) STRICT, WITHOUT ROWID;

CREATE TABLE workshop_outcome_month (
    centre INTEGER NOT NULL,
    month INTEGER NOT NULL,
    category INTEGER NOT NULL,
    outcome INTEGER NOT NULL,
    barrier INTEGER NOT NULL,
    repairs INTEGER NOT NULL,
    PRIMARY KEY (centre, month, category, outcome, barrier)
) STRICT, WITHOUT ROWID;
