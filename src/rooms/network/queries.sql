-- name: all_centres
SELECT centre, name, slug, municipality, place, country, external_name FROM network_centre
ORDER BY centre

-- name: centre_by_number
SELECT centre, name, slug, municipality, place, country, external_name FROM network_centre
WHERE centre = $1

-- name: centre_by_slug
SELECT centre, name, slug, municipality, place, country, external_name FROM network_centre
WHERE slug = $1

-- name: centre_by_external_name
SELECT centre, name, slug, municipality, place, country, external_name FROM network_centre
WHERE external_name = $1

-- name: newest_centre
SELECT COALESCE(MAX(centre), 0) FROM network_centre

-- name: insert_centre
INSERT INTO network_centre (centre, name, slug, municipality, place, country, external_name, made_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)

-- name: setting_by_name
SELECT value FROM network_setting WHERE name = $1

-- name: write_setting
INSERT INTO network_setting (name, value) VALUES ($1, $2)
ON CONFLICT (name) DO UPDATE SET value = excluded.value

-- name: all_own_categories
SELECT category, stream FROM network_category ORDER BY category

-- name: newest_own_category
SELECT COALESCE(MAX(category), 9999) FROM network_category

-- name: insert_own_category
INSERT INTO network_category (category, stream, made_at) VALUES ($1, $2, $3)

-- name: category_name_on
SELECT name_nl, name_en FROM network_category_name WHERE category = $1 AND valid_from <= $2
ORDER BY valid_from DESC LIMIT 1

-- name: category_names_on
SELECT category, name_nl, name_en FROM network_category_name AS named
WHERE valid_from = (SELECT MAX(valid_from) FROM network_category_name
                    WHERE category = named.category AND valid_from <= $1)
ORDER BY category

-- name: write_category_name
-- A second name from the same day on is a slip of that day set right.
INSERT INTO network_category_name (category, valid_from, name_nl, name_en, made_at)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (category, valid_from)
DO UPDATE SET name_nl = excluded.name_nl, name_en = excluded.name_en, made_at = excluded.made_at

-- name: category_offers_on
SELECT category, offered FROM network_category_offer AS offer
WHERE valid_from = (SELECT MAX(valid_from) FROM network_category_offer
                    WHERE category = offer.category AND valid_from <= $1)
ORDER BY category

-- name: category_offer_on
SELECT offered FROM network_category_offer WHERE category = $1 AND valid_from <= $2
ORDER BY valid_from DESC LIMIT 1

-- name: stream_of_own_category
SELECT stream FROM network_category WHERE category = $1

-- name: names_of_category
SELECT valid_from, name_nl, name_en FROM network_category_name WHERE category = $1
ORDER BY valid_from

-- name: offers_of_category
SELECT valid_from, offered FROM network_category_offer WHERE category = $1 ORDER BY valid_from

-- name: write_category_offer
INSERT INTO network_category_offer (category, valid_from, offered, made_at)
VALUES ($1, $2, $3, $4)
ON CONFLICT (category, valid_from)
DO UPDATE SET offered = excluded.offered, made_at = excluded.made_at

-- name: rename_centre
UPDATE network_centre SET name = $2, municipality = $3, place = $4 WHERE centre = $1

-- name: register_row
SELECT r.street, r.house_number, r.postcode, r.latitude, r.longitude, r.municipality, r.hours,
    o.organisation, o.name, o.kind
FROM network_register r LEFT JOIN network_organisation o ON o.organisation = r.organisation
WHERE r.centre = $1

-- name: write_details
INSERT INTO network_register (centre, street, house_number, postcode, latitude, longitude,
    municipality, organisation, hours, changed_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', $9)
ON CONFLICT (centre) DO UPDATE SET street = excluded.street,
    house_number = excluded.house_number, postcode = excluded.postcode,
    latitude = excluded.latitude, longitude = excluded.longitude,
    municipality = excluded.municipality, organisation = excluded.organisation,
    changed_at = excluded.changed_at

-- name: write_hours
INSERT INTO network_register (centre, street, house_number, postcode, hours, changed_at)
VALUES ($1, '', '', '', $2, $3)
ON CONFLICT (centre) DO UPDATE SET hours = excluded.hours, changed_at = excluded.changed_at

-- name: organisations
SELECT organisation, name, kind FROM network_organisation ORDER BY name

-- name: newest_organisation
SELECT COALESCE(MAX(organisation), 0) FROM network_organisation

-- name: insert_organisation
INSERT INTO network_organisation (organisation, name, kind, made_at) VALUES ($1, $2, $3, $4)

-- name: closed_days
SELECT day, reason FROM network_closed_day WHERE centre = $1 ORDER BY day

-- name: write_closed_day
INSERT INTO network_closed_day (centre, day, reason) VALUES ($1, $2, $3)
ON CONFLICT (centre, day) DO UPDATE SET reason = excluded.reason

-- name: delete_closed_day
DELETE FROM network_closed_day WHERE centre = $1 AND day = $2

-- name: blocks
SELECT block, since, evidence FROM network_block WHERE centre = $1

-- name: write_block
INSERT INTO network_block (centre, block, since, evidence) VALUES ($1, $2, $3, $4)
ON CONFLICT (centre, block) DO UPDATE SET since = excluded.since, evidence = excluded.evidence

-- name: delete_block
DELETE FROM network_block WHERE centre = $1 AND block = $2

-- name: switched_off
SELECT what, code FROM network_switched_off WHERE centre = $1

-- name: switch_all_on
DELETE FROM network_switched_off WHERE centre = $1

-- name: switch_off
INSERT INTO network_switched_off (centre, what, code) VALUES ($1, $2, $3)

-- name: tares
SELECT tare, name, kind, grams, valid_from, retired_at FROM network_tare WHERE centre = $1
ORDER BY tare

-- name: newest_tare
SELECT COALESCE(MAX(tare), 0) FROM network_tare WHERE centre = $1

-- name: insert_tare
INSERT INTO network_tare (centre, tare, name, kind, grams, valid_from)
VALUES ($1, $2, $3, $4, $5, $6)

-- name: retire_tare
UPDATE network_tare SET retired_at = $3 WHERE centre = $1 AND tare = $2 AND retired_at IS NULL

-- name: scales
SELECT scale, name, place, host, port, profile, pattern, max_g, step_g, verified_until, retired_at
FROM network_scale WHERE centre = $1 ORDER BY scale

-- name: newest_scale
SELECT COALESCE(MAX(scale), 0) FROM network_scale WHERE centre = $1

-- name: insert_scale
INSERT INTO network_scale (centre, scale, name, place, host, port, profile, pattern, max_g, step_g,
    verified_until)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)

-- name: change_scale
UPDATE network_scale SET name = $3, place = $4, host = $5, port = $6, profile = $7, pattern = $8,
    max_g = $9, step_g = $10, verified_until = $11
WHERE centre = $1 AND scale = $2 AND retired_at IS NULL

-- name: retire_scale
UPDATE network_scale SET retired_at = $3 WHERE centre = $1 AND scale = $2 AND retired_at IS NULL
