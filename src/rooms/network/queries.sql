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
