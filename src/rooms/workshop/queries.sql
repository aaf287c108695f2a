-- name: repair_by_record
-- Rows of files are looked for in all centres: a group may have been given to another since.
SELECT record_id, data_provider, country, partner_product_category, product_category,
    product_category_id, brand, year_of_manufacture, product_age, repair_status, repair_barrier,
    group_identifier, event_date, record_date, problem
FROM workshop_repair WHERE record_id = $1 AND data_provider = $2

-- name: insert_repair
INSERT INTO workshop_repair (centre, repair, movement, item, category, outcome, barrier, counts_on,
    record_id, data_provider, country, partner_product_category, product_category,
    product_category_id, brand, year_of_manufacture, product_age, repair_status, repair_barrier,
    group_identifier, event_date, record_date, problem)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
    $20, $21, $22, $23)

-- name: repair_of_movement
SELECT category, outcome, barrier, counts_on FROM workshop_repair
WHERE centre = $1 AND movement = $2 AND reversed_on IS NULL

-- name: outcome_of_movement
-- Also of one that was reversed: the list behind a figure shows both.
SELECT outcome FROM workshop_repair WHERE centre = $1 AND movement = $2

-- name: mark_reversed
UPDATE workshop_repair SET reversed_on = $3 WHERE centre = $1 AND movement = $2

-- name: story_of_movement
SELECT record_id, data_provider, country, partner_product_category, product_category,
    product_category_id, brand, year_of_manufacture, product_age, repair_status, repair_barrier,
    group_identifier, event_date, record_date, problem
FROM workshop_repair WHERE centre = $1 AND movement = $2

-- name: any_record_date_in_network
SELECT COUNT(*) FROM (SELECT 1 FROM workshop_repair
    WHERE record_date <> '' AND reversed_on IS NULL LIMIT 1) AS found

-- name: repairs_of_network
-- For an export, in its order. Reversed ones did not happen.
SELECT record_id, data_provider, country, partner_product_category, product_category,
    product_category_id, brand, year_of_manufacture, product_age, repair_status, repair_barrier,
    group_identifier, event_date, record_date, problem
FROM workshop_repair WHERE reversed_on IS NULL ORDER BY record_id, data_provider

-- name: repairs_of_centre
SELECT record_id, data_provider, country, partner_product_category, product_category,
    product_category_id, brand, year_of_manufacture, product_age, repair_status, repair_barrier,
    group_identifier, event_date, record_date, problem
FROM workshop_repair WHERE centre = $1 AND reversed_on IS NULL ORDER BY record_id, data_provider

-- name: outcomes_of_days
SELECT day, category, outcome, barrier, repairs FROM workshop_outcome_day
WHERE centre = $1 AND day BETWEEN $2 AND $3 AND repairs <> 0
ORDER BY day, category, outcome, barrier

-- name: outcomes_of_months
SELECT month, category, outcome, barrier, repairs FROM workshop_outcome_month
WHERE centre = $1 AND month BETWEEN $2 AND $3 AND repairs <> 0
ORDER BY month, category, outcome, barrier

-- name: add_outcome_day
INSERT INTO workshop_outcome_day (centre, day, category, outcome, barrier, repairs)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (centre, day, category, outcome, barrier) DO UPDATE SET
    repairs = workshop_outcome_day.repairs + excluded.repairs
-- for: postgres
INSERT INTO workshop_outcome_day (centre, day, category, outcome, barrier, repairs)
SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[],
    $6::bigint[])
ON CONFLICT (centre, day, category, outcome, barrier) DO UPDATE SET
    repairs = workshop_outcome_day.repairs + excluded.repairs

-- name: add_outcome_month
INSERT INTO workshop_outcome_month (centre, month, category, outcome, barrier, repairs)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (centre, month, category, outcome, barrier) DO UPDATE SET
    repairs = workshop_outcome_month.repairs + excluded.repairs
-- for: postgres
INSERT INTO workshop_outcome_month (centre, month, category, outcome, barrier, repairs)
SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[],
    $6::bigint[])
ON CONFLICT (centre, month, category, outcome, barrier) DO UPDATE SET
    repairs = workshop_outcome_month.repairs + excluded.repairs

-- name: repairs_to_verify
-- Centre by centre, so that sums of one are compared before the next begins.
SELECT centre, record_id, movement, category, outcome, barrier, counts_on, reversed_on
FROM workshop_repair ORDER BY centre, repair

-- name: day_sums_to_verify
SELECT centre, day, category, outcome, barrier, repairs FROM workshop_outcome_day
ORDER BY centre, day, category, outcome, barrier

-- name: month_sums_to_verify
SELECT centre, month, category, outcome, barrier, repairs FROM workshop_outcome_month
ORDER BY centre, month, category, outcome, barrier
