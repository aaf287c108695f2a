-- name: insert_visit
INSERT INTO intake_visit (centre, id, day, at, device, postcode, vehicle, reason, receipt, took_ms,
    taps)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)

-- name: insert_weighing
INSERT INTO intake_weighing (centre, visit, line, lane, stream, category, grams, pieces, basis, scale,
    gross_g, tare, tare_g, raw)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)

-- name: insert_refusal
INSERT INTO intake_refusal (centre, id, day, at, device, reason, stop, stream, elsewhere, postcode)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)

-- name: insert_ticket
INSERT INTO intake_ticket (centre, id, word, day, opened_at, device, lane, stream, gross_g, basis,
    scale, raw, vehicle)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)

-- name: complete_ticket
UPDATE intake_ticket SET visit = $3 WHERE centre = $1 AND id = $2

-- name: void_ticket
UPDATE intake_ticket SET voided_at = $3, void_reason = $4 WHERE centre = $1 AND id = $2

-- name: undo_visit
UPDATE intake_visit SET undone_at = $3 WHERE centre = $1 AND id = $2 AND undone_at IS NULL

-- name: undo_refusal
UPDATE intake_refusal SET undone_at = $3 WHERE centre = $1 AND id = $2

-- name: visit_by_id
SELECT id, day, at, device, postcode, vehicle, reason, receipt, took_ms, taps, undone_at
FROM intake_visit WHERE centre = $1 AND id = $2

-- name: visits_of_days
SELECT id, day, at, device, postcode, vehicle, reason, receipt, took_ms, taps, undone_at
FROM intake_visit WHERE centre = $1 AND day BETWEEN $2 AND $3 ORDER BY at DESC, id DESC

-- name: weighings_of_visit
SELECT visit, lane, stream, category, grams, pieces, basis, scale, gross_g, tare, tare_g, raw
FROM intake_weighing WHERE centre = $1 AND visit = $2 ORDER BY line

-- name: weighings_of_days
SELECT weighing.visit, weighing.lane, weighing.stream, weighing.category, weighing.grams,
    weighing.pieces, weighing.basis, weighing.scale, weighing.gross_g, weighing.tare,
    weighing.tare_g, weighing.raw
FROM intake_visit AS visit JOIN intake_weighing AS weighing
    ON weighing.centre = visit.centre AND weighing.visit = visit.id
WHERE visit.centre = $1 AND visit.day BETWEEN $2 AND $3 ORDER BY weighing.visit, weighing.line

-- name: refusal_by_id
SELECT id, day, at, device, reason, stop, stream, elsewhere, postcode, undone_at
FROM intake_refusal WHERE centre = $1 AND id = $2

-- name: refusals_of_days
SELECT id, day, at, device, reason, stop, stream, elsewhere, postcode, undone_at
FROM intake_refusal WHERE centre = $1 AND day BETWEEN $2 AND $3 ORDER BY at DESC, id DESC

-- name: ticket_by_id
SELECT id, word, day, opened_at, device, lane, stream, gross_g, basis, scale, raw, vehicle, visit,
    voided_at
FROM intake_ticket WHERE centre = $1 AND id = $2

-- name: open_tickets
SELECT id, word, day, opened_at, device, lane, stream, gross_g, basis, scale, raw, vehicle, visit,
    voided_at
FROM intake_ticket WHERE centre = $1 AND visit IS NULL AND voided_at IS NULL
ORDER BY opened_at, id

-- name: gate_setting
SELECT resident_check, quota, year, secret FROM intake_gate_setting WHERE centre = $1

-- name: save_gate_setting
INSERT INTO intake_gate_setting (centre, resident_check, quota, year, secret, changed_at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (centre) DO UPDATE SET resident_check = excluded.resident_check, quota = excluded.quota,
    changed_at = excluded.changed_at

-- name: change_gate_secret
UPDATE intake_gate_setting SET year = $2, secret = $3 WHERE centre = $1

-- name: count_pass
INSERT INTO intake_pass (centre, year, pass, visits) VALUES ($1, $2, $3, 1)
ON CONFLICT (centre, year, pass) DO UPDATE SET visits = intake_pass.visits + 1

-- name: visits_of_pass
SELECT visits FROM intake_pass WHERE centre = $1 AND year = $2 AND pass = $3

-- name: forget_passes
-- Those of years that are over.
DELETE FROM intake_pass WHERE centre = $1 AND year < $2

-- name: forget_pass_visits
DELETE FROM intake_pass_visit WHERE centre = $1 AND year < $2

-- name: link_pass
INSERT INTO intake_pass_visit (centre, visit, year, pass) VALUES ($1, $2, $3, $4)

-- name: pass_of_visit
SELECT year, pass FROM intake_pass_visit WHERE centre = $1 AND visit = $2

-- name: unlink_pass
DELETE FROM intake_pass_visit WHERE centre = $1 AND visit = $2

-- name: hand_pass_over
UPDATE intake_pass_visit SET visit = $3 WHERE centre = $1 AND visit = $2

-- name: uncount_pass
UPDATE intake_pass SET visits = visits - 1 WHERE centre = $1 AND year = $2 AND pass = $3

-- name: forget_unused_pass
DELETE FROM intake_pass WHERE centre = $1 AND year = $2 AND pass = $3 AND visits <= 0

-- name: closings_of_day
SELECT closed_at, closed_by, note FROM intake_closing WHERE centre = $1 AND day = $2
ORDER BY closed_at DESC

-- name: close_day
INSERT INTO intake_closing (centre, day, closed_at, closed_by, note) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (centre, day, closed_at) DO NOTHING

-- name: queue_count
SELECT waiting, counted_at FROM intake_queue WHERE centre = $1

-- name: save_queue_count
-- A count that was on its way for long does not replace a later one.
INSERT INTO intake_queue (centre, waiting, counted_at, device) VALUES ($1, $2, $3, $4)
ON CONFLICT (centre) DO UPDATE SET waiting = excluded.waiting, counted_at = excluded.counted_at,
    device = excluded.device
WHERE excluded.counted_at >= intake_queue.counted_at

-- name: cars_of_day
-- When each car of one day was booked, without those that were taken back.
SELECT at FROM intake_visit WHERE centre = $1 AND day = $2 AND undone_at IS NULL ORDER BY at
