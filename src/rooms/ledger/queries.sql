-- name: head_of_centre
SELECT sequence, hash, closed_month, items_issued FROM ledger_head WHERE centre = $1
-- for: postgres
SELECT sequence, hash, closed_month, items_issued FROM ledger_head WHERE centre = $1 FOR UPDATE

-- name: head_of_centre_to_read
SELECT sequence, hash, closed_month, items_issued FROM ledger_head WHERE centre = $1

-- name: all_heads
SELECT centre, sequence, hash, closed_month, items_issued FROM ledger_head ORDER BY centre

-- name: make_head
INSERT INTO ledger_head (centre, sequence, hash, closed_month, items_issued)
VALUES ($1, 0, $2, 0, 0) ON CONFLICT (centre) DO NOTHING

-- name: move_head
UPDATE ledger_head SET sequence = $2, hash = $3, closed_month = $4, items_issued = $5
WHERE centre = $1

-- name: insert_movement
INSERT INTO ledger_movement (centre, sequence, id, kind, role, actor, happened_at, booked_at,
    effective_on, late, reason, reverses, reference_centre, reference_movement, closes, note,
    receipt, hash)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
ON CONFLICT (centre, id) DO NOTHING
-- for: postgres
INSERT INTO ledger_movement (centre, sequence, id, kind, role, actor, happened_at, booked_at,
    effective_on, late, reason, reverses, reference_centre, reference_movement, closes, note,
    receipt, hash)
SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bytea[], $4::bigint[], $5::bigint[],
    $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[],
    $12::bytea[], $13::bigint[], $14::bytea[], $15::bigint[], $16::bytea[], $17::bytea[],
    $18::bytea[])
ON CONFLICT (centre, id) DO NOTHING

-- name: insert_transfer
INSERT INTO ledger_transfer (centre, sequence, line, from_place, from_key, to_place, to_key,
    grams, pieces, cents, minutes, basis, category, batch, item, oddity)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
-- for: postgres
INSERT INTO ledger_transfer (centre, sequence, line, from_place, from_key, to_place, to_key,
    grams, pieces, cents, minutes, basis, category, batch, item, oddity)
SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[],
    $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[],
    $12::bigint[], $13::bigint[], $14::bytea[], $15::bigint[], $16::bigint[])

-- name: insert_action
INSERT INTO ledger_action (centre, id, device, device_sequence, kind, clock_at, offset_ms,
    booked_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (centre, id) DO NOTHING
-- for: postgres
INSERT INTO ledger_action (centre, id, device, device_sequence, kind, clock_at, offset_ms,
    booked_at)
SELECT * FROM unnest($1::bigint[], $2::bytea[], $3::text[], $4::bigint[], $5::text[],
    $6::bigint[], $7::bigint[], $8::bigint[])
ON CONFLICT (centre, id) DO NOTHING

-- name: action_of
SELECT device, device_sequence, kind, clock_at, offset_ms, booked_at FROM ledger_action
WHERE centre = $1 AND id = $2

-- name: insert_refused
INSERT INTO ledger_refused_action (centre, id, device, device_sequence, kind, person, clock_at,
    offset_ms, received_at, code, body, settled_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0) ON CONFLICT (centre, id) DO NOTHING

-- name: refused_of_centre
-- $2 = 1: only those that nobody settled.
SELECT id, device, device_sequence, kind, person, clock_at, offset_ms, received_at, code, body,
    settled_at, settled_by
FROM ledger_refused_action WHERE centre = $1 AND ($2 = 0 OR settled_at IS NULL)
ORDER BY received_at DESC, id DESC LIMIT $3

-- name: refused_by_id
SELECT id, device, device_sequence, kind, person, clock_at, offset_ms, received_at, code, body,
    settled_at, settled_by
FROM ledger_refused_action WHERE centre = $1 AND id = $2

-- name: settle_refused
UPDATE ledger_refused_action SET settled_at = $3, settled_by = $4
WHERE centre = $1 AND id = $2 AND settled_at IS NULL

-- name: movement_by_id
SELECT centre, sequence, id, kind, role, actor, happened_at, booked_at, effective_on, late,
    reason, reverses, reference_centre, reference_movement, closes, note, receipt, hash
FROM ledger_movement WHERE centre = $1 AND id = $2

-- name: movement_by_sequence
SELECT centre, sequence, id, kind, role, actor, happened_at, booked_at, effective_on, late,
    reason, reverses, reference_centre, reference_movement, closes, note, receipt, hash
FROM ledger_movement WHERE centre = $1 AND sequence = $2

-- name: movements_after
-- All of a centre in the order of its chain: $1 centre, $2 after this sequence, $3 at most.
SELECT centre, sequence, id, kind, role, actor, happened_at, booked_at, effective_on, late,
    reason, reverses, reference_centre, reference_movement, closes, note, receipt, hash
FROM ledger_movement WHERE centre = $1 AND sequence > $2 ORDER BY sequence LIMIT $3

-- name: movements_of_days
-- Newest first: $1 centre, $2 and $3 first and last day, $4 before this sequence, $5 at most.
SELECT centre, sequence, id, kind, role, actor, happened_at, booked_at, effective_on, late,
    reason, reverses, reference_centre, reference_movement, closes, note, receipt, hash
FROM ledger_movement
WHERE centre = $1 AND effective_on BETWEEN $2 AND $3 AND sequence < $4
ORDER BY sequence DESC LIMIT $5

-- name: movements_of_few_days
-- The same by way of the index on days: the sign before `sequence` keeps the database from walking
-- down the whole chain for a day long ago.
SELECT centre, sequence, id, kind, role, actor, happened_at, booked_at, effective_on, late,
    reason, reverses, reference_centre, reference_movement, closes, note, receipt, hash
FROM ledger_movement WHERE centre = $1 AND sequence IN (
    SELECT sequence FROM ledger_movement
    WHERE centre = $1 AND effective_on BETWEEN $2 AND $3 AND +sequence < $4
    ORDER BY +sequence DESC LIMIT $5)
ORDER BY sequence DESC

-- name: movements_through
-- Those with a transfer that a figure counts or deducts, newest first: $1 centre, $2 and $3 first
-- and last day, $4 before this sequence, $5 at most, $6 stream or other key on either side,
-- $7 category; -1: any. Places are sets of bits by their number, below 64 and
-- from 64 on: what is counted goes from $8 $9 to $10 $11, what is deducted from $12 $13 to $14 $15.
SELECT centre, sequence, id, kind, role, actor, happened_at, booked_at, effective_on, late,
    reason, reverses, reference_centre, reference_movement, closes, note, receipt, hash
FROM ledger_movement AS movement
WHERE centre = $1 AND effective_on BETWEEN $2 AND $3 AND sequence < $4
  AND EXISTS (
    SELECT 1 FROM ledger_transfer AS transfer
    WHERE transfer.centre = movement.centre AND transfer.sequence = movement.sequence
      AND (((CASE WHEN transfer.from_place < 64 THEN CAST($8 AS BIGINT) >> CAST(transfer.from_place AS INTEGER)
                ELSE CAST($9 AS BIGINT) >> CAST(transfer.from_place - 64 AS INTEGER) END) & 1 = 1
          AND (CASE WHEN transfer.to_place < 64 THEN CAST($10 AS BIGINT) >> CAST(transfer.to_place AS INTEGER)
                ELSE CAST($11 AS BIGINT) >> CAST(transfer.to_place - 64 AS INTEGER) END) & 1 = 1)
        OR ((CASE WHEN transfer.from_place < 64 THEN CAST($12 AS BIGINT) >> CAST(transfer.from_place AS INTEGER)
                ELSE CAST($13 AS BIGINT) >> CAST(transfer.from_place - 64 AS INTEGER) END) & 1 = 1
          AND (CASE WHEN transfer.to_place < 64 THEN CAST($14 AS BIGINT) >> CAST(transfer.to_place AS INTEGER)
                ELSE CAST($15 AS BIGINT) >> CAST(transfer.to_place - 64 AS INTEGER) END) & 1 = 1))
      AND ($6 = -1 OR transfer.from_key = $6 OR transfer.to_key = $6)
      AND ($7 = -1 OR transfer.category = $7))
ORDER BY sequence DESC LIMIT $5

-- name: movements_through_few_days
-- The same by way of the index on days.
SELECT centre, sequence, id, kind, role, actor, happened_at, booked_at, effective_on, late,
    reason, reverses, reference_centre, reference_movement, closes, note, receipt, hash
FROM ledger_movement WHERE centre = $1 AND sequence IN (
  SELECT sequence FROM ledger_movement AS movement
  WHERE centre = $1 AND effective_on BETWEEN $2 AND $3 AND +sequence < $4
  AND EXISTS (
    SELECT 1 FROM ledger_transfer AS transfer
    WHERE transfer.centre = movement.centre AND transfer.sequence = movement.sequence
      AND (((CASE WHEN transfer.from_place < 64 THEN CAST($8 AS BIGINT) >> CAST(transfer.from_place AS INTEGER)
                ELSE CAST($9 AS BIGINT) >> CAST(transfer.from_place - 64 AS INTEGER) END) & 1 = 1
          AND (CASE WHEN transfer.to_place < 64 THEN CAST($10 AS BIGINT) >> CAST(transfer.to_place AS INTEGER)
                ELSE CAST($11 AS BIGINT) >> CAST(transfer.to_place - 64 AS INTEGER) END) & 1 = 1)
        OR ((CASE WHEN transfer.from_place < 64 THEN CAST($12 AS BIGINT) >> CAST(transfer.from_place AS INTEGER)
                ELSE CAST($13 AS BIGINT) >> CAST(transfer.from_place - 64 AS INTEGER) END) & 1 = 1
          AND (CASE WHEN transfer.to_place < 64 THEN CAST($14 AS BIGINT) >> CAST(transfer.to_place AS INTEGER)
                ELSE CAST($15 AS BIGINT) >> CAST(transfer.to_place - 64 AS INTEGER) END) & 1 = 1))
      AND ($6 = -1 OR transfer.from_key = $6 OR transfer.to_key = $6)
      AND ($7 = -1 OR transfer.category = $7))
  ORDER BY +sequence DESC LIMIT $5)
ORDER BY sequence DESC

-- name: transfers_of
SELECT sequence, from_place, from_key, to_place, to_key, grams, pieces, cents, minutes, basis,
    category, batch, item, oddity
FROM ledger_transfer WHERE centre = $1 AND sequence = $2 ORDER BY line

-- name: sequence_of_reversal
SELECT sequence FROM ledger_movement WHERE centre = $1 AND reverses = $2

-- name: sequences_with_item
SELECT DISTINCT sequence FROM ledger_transfer WHERE centre = $1 AND item = $2 AND item <> 0
ORDER BY sequence

-- name: sequences_with_oddity
-- SQLite keeps no counts of its own, so it must be told that few rows are odd.
SELECT DISTINCT sequence FROM ledger_transfer INDEXED BY ledger_transfer_oddity
WHERE centre = $1 AND oddity <> 0 ORDER BY sequence DESC
-- for: postgres
SELECT DISTINCT sequence FROM ledger_transfer WHERE centre = $1 AND oddity <> 0
ORDER BY sequence DESC

-- name: sequences_late
SELECT sequence FROM ledger_movement INDEXED BY ledger_movement_late
WHERE centre = $1 AND late = 1 ORDER BY sequence DESC LIMIT $2
-- for: postgres
SELECT sequence FROM ledger_movement WHERE centre = $1 AND late = 1 ORDER BY sequence DESC LIMIT $2

-- name: late_of_days
-- What came late to some days: $1 centre, $2 and $3 first and last day.
SELECT effective_on, sequence FROM ledger_movement
WHERE centre = $1 AND late = 1 AND effective_on BETWEEN $2 AND $3 ORDER BY +sequence DESC

-- name: referring_to
-- Movements of any centre that refer to one: what was received for what was sent, what settles.
SELECT centre, sequence FROM ledger_movement
WHERE reference_centre = $1 AND reference_movement = $2 ORDER BY centre, sequence

-- name: sent_movements
-- $1 centre, $2 and $3 first and last day.
SELECT DISTINCT transfer.sequence FROM ledger_movement AS movement
JOIN ledger_transfer AS transfer
  ON transfer.centre = movement.centre AND transfer.sequence = movement.sequence
WHERE movement.centre = $1 AND movement.effective_on BETWEEN $2 AND $3 AND transfer.to_place = 42
ORDER BY transfer.sequence DESC

-- name: movement_by_hash
-- Reads the chain of one centre: an index on random numbers would cost a page more with each
-- booking, for a question that an auditor asks now and then.
SELECT sequence FROM ledger_movement WHERE centre = $1 AND hash >= $2 AND hash <= $3 LIMIT 20

-- name: item_of_centre
SELECT centre, item, category, place, stream, clearance, data_state, grade, price_cents
FROM ledger_item WHERE centre = $1 AND item = $2

-- name: insert_item
INSERT INTO ledger_item (centre, item, category, place, stream, clearance, data_state, grade,
    price_cents)
VALUES ($1, $2, $3, $4, $5, 0, 0, 0, 0)

-- name: move_item
UPDATE ledger_item SET place = $3, stream = $4 WHERE centre = $1 AND item = $2

-- name: mark_item
UPDATE ledger_item SET clearance = $3, data_state = $4, grade = $5, price_cents = $6
WHERE centre = $1 AND item = $2

-- name: balances_of_centre
SELECT place, account_key, grams, pieces, cents, minutes FROM ledger_balance WHERE centre = $1
ORDER BY place, account_key

-- name: last_day_with_flows
SELECT MAX(day) FROM ledger_flow_day WHERE centre = $1

-- name: day_with_flows_before
SELECT MAX(day) FROM ledger_flow_day WHERE centre = $1 AND day < $2

-- name: day_with_flows_after
SELECT MIN(day) FROM ledger_flow_day WHERE centre = $1 AND day > $2

-- name: days_booked_after
-- Doubles are left to the caller: DISTINCT would have SQLite walk the index of all days.
SELECT effective_on FROM ledger_movement WHERE centre = $1 AND sequence > $2

-- name: months_with_flows
-- The first and the last one; each looked up, where one scan would read them all.
SELECT (SELECT MIN(month) FROM ledger_flow_month WHERE centre = $1),
    (SELECT MAX(month) FROM ledger_flow_month WHERE centre = $1)

-- name: goods_moved_in_months
-- Only what stock is counted from, places of goods having the numbers below 60.
SELECT from_place, from_key, to_place, to_key, grams FROM ledger_flow_month
WHERE centre = $1 AND month BETWEEN $2 AND $3 AND from_place < 60

-- name: goods_moved_in_days
SELECT from_place, from_key, to_place, to_key, grams FROM ledger_flow_day
WHERE centre = $1 AND day BETWEEN $2 AND $3 AND from_place < 60

-- name: flows_of_days
SELECT day, from_place, from_key, to_place, to_key, category, basis, grams, pieces, cents, minutes,
    transfers
FROM ledger_flow_day WHERE centre = $1 AND day BETWEEN $2 AND $3
ORDER BY day, from_place, from_key, to_place, to_key, category, basis

-- name: flows_of_months
SELECT month, from_place, from_key, to_place, to_key, category, basis, grams, pieces, cents,
    minutes, transfers
FROM ledger_flow_month WHERE centre = $1 AND month BETWEEN $2 AND $3
ORDER BY month, from_place, from_key, to_place, to_key, category, basis

-- name: add_balance
INSERT INTO ledger_balance (centre, place, account_key, grams, pieces, cents, minutes)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (centre, place, account_key) DO UPDATE SET
    grams = ledger_balance.grams + excluded.grams,
    pieces = ledger_balance.pieces + excluded.pieces,
    cents = ledger_balance.cents + excluded.cents,
    minutes = ledger_balance.minutes + excluded.minutes
-- for: postgres
INSERT INTO ledger_balance (centre, place, account_key, grams, pieces, cents, minutes)
SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[],
    $6::bigint[], $7::bigint[])
ON CONFLICT (centre, place, account_key) DO UPDATE SET
    grams = ledger_balance.grams + excluded.grams,
    pieces = ledger_balance.pieces + excluded.pieces,
    cents = ledger_balance.cents + excluded.cents,
    minutes = ledger_balance.minutes + excluded.minutes

-- name: add_flow_day
INSERT INTO ledger_flow_day (centre, day, from_place, from_key, to_place, to_key, category, basis,
    grams, pieces, cents, minutes, transfers)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
ON CONFLICT (centre, day, from_place, from_key, to_place, to_key, category, basis) DO UPDATE SET
    grams = ledger_flow_day.grams + excluded.grams,
    pieces = ledger_flow_day.pieces + excluded.pieces,
    cents = ledger_flow_day.cents + excluded.cents,
    minutes = ledger_flow_day.minutes + excluded.minutes,
    transfers = ledger_flow_day.transfers + excluded.transfers
-- for: postgres
INSERT INTO ledger_flow_day (centre, day, from_place, from_key, to_place, to_key, category, basis,
    grams, pieces, cents, minutes, transfers)
SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[],
    $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[],
    $13::bigint[])
ON CONFLICT (centre, day, from_place, from_key, to_place, to_key, category, basis) DO UPDATE SET
    grams = ledger_flow_day.grams + excluded.grams,
    pieces = ledger_flow_day.pieces + excluded.pieces,
    cents = ledger_flow_day.cents + excluded.cents,
    minutes = ledger_flow_day.minutes + excluded.minutes,
    transfers = ledger_flow_day.transfers + excluded.transfers

-- name: add_flow_month
INSERT INTO ledger_flow_month (centre, month, from_place, from_key, to_place, to_key, category,
    basis, grams, pieces, cents, minutes, transfers)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
ON CONFLICT (centre, month, from_place, from_key, to_place, to_key, category, basis) DO UPDATE SET
    grams = ledger_flow_month.grams + excluded.grams,
    pieces = ledger_flow_month.pieces + excluded.pieces,
    cents = ledger_flow_month.cents + excluded.cents,
    minutes = ledger_flow_month.minutes + excluded.minutes,
    transfers = ledger_flow_month.transfers + excluded.transfers
-- for: postgres
INSERT INTO ledger_flow_month (centre, month, from_place, from_key, to_place, to_key, category,
    basis, grams, pieces, cents, minutes, transfers)
SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[],
    $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[],
    $13::bigint[])
ON CONFLICT (centre, month, from_place, from_key, to_place, to_key, category, basis) DO UPDATE SET
    grams = ledger_flow_month.grams + excluded.grams,
    pieces = ledger_flow_month.pieces + excluded.pieces,
    cents = ledger_flow_month.cents + excluded.cents,
    minutes = ledger_flow_month.minutes + excluded.minutes,
    transfers = ledger_flow_month.transfers + excluded.transfers

-- For `verify`, which reads a centre once, from its first movement to its last. ----------------

-- name: next_centre
-- The first centre after $1 that any table of the books names; null: none.
SELECT MIN(centre) FROM (
    SELECT MIN(centre) AS centre FROM ledger_head WHERE centre > $1
    UNION ALL SELECT MIN(centre) FROM ledger_movement WHERE centre > $1
    UNION ALL SELECT MIN(centre) FROM ledger_transfer WHERE centre > $1
    UNION ALL SELECT MIN(centre) FROM ledger_item WHERE centre > $1
    UNION ALL SELECT MIN(centre) FROM ledger_balance WHERE centre > $1
    UNION ALL SELECT MIN(centre) FROM ledger_flow_day WHERE centre > $1
    UNION ALL SELECT MIN(centre) FROM ledger_flow_month WHERE centre > $1) AS named

-- name: chain_of_centre
SELECT centre, sequence, id, kind, role, actor, happened_at, booked_at, effective_on, late,
    reason, reverses, reference_centre, reference_movement, closes, note, receipt, hash
FROM ledger_movement WHERE centre = $1 ORDER BY sequence

-- name: transfers_of_centre
SELECT sequence, from_place, from_key, to_place, to_key, grams, pieces, cents, minutes, basis,
    category, batch, item, oddity, line
FROM ledger_transfer WHERE centre = $1 ORDER BY sequence, line

-- name: items_of_centre
SELECT item, category, place, stream FROM ledger_item WHERE centre = $1 ORDER BY item
