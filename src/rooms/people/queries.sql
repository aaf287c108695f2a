-- name: insert_token
INSERT INTO people_token (token, hash, name, role, centre, kinds, may_read, may_close, secret,
    made_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)

-- name: token_by_hash
SELECT token, name, role, centre, kinds, may_read, may_close, secret FROM people_token
WHERE hash = $1 AND revoked_at IS NULL

-- name: all_tokens
SELECT token, name, role, centre, kinds, may_read, may_close, made_at, revoked_at
FROM people_token ORDER BY token

-- name: revoke_token
UPDATE people_token SET revoked_at = $2 WHERE token = $1 AND revoked_at IS NULL

-- name: newest_token
SELECT COALESCE(MAX(token), 0) FROM people_token

-- name: person_by_number
SELECT person, name, email, language, password, totp_secret, totp_on, totp_step, pin_salt, pin_hash,
    failed, locked_until, secret, made_at, blocked_at
FROM people_person WHERE person = $1

-- name: person_by_email
SELECT person, name, email, language, password, totp_secret, totp_on, totp_step, pin_salt, pin_hash,
    failed, locked_until, secret, made_at, blocked_at
FROM people_person WHERE email = $1

-- name: people_with_role_at
-- Centre 0: roles in the network.
SELECT person, name, email, language, password, totp_secret, totp_on, totp_step, pin_salt, pin_hash,
    failed, locked_until, secret, made_at, blocked_at
FROM people_person
WHERE person IN (SELECT person FROM people_role WHERE centre = $1)
ORDER BY name, person

-- name: roles_of_person
SELECT centre, role FROM people_role WHERE person = $1 ORDER BY centre, role

-- name: newest_person
SELECT COALESCE(MAX(person), 0) FROM people_person

-- name: insert_person
INSERT INTO people_person (person, name, email, language, totp_on, totp_step, failed, locked_until,
    secret, made_at)
VALUES ($1, $2, $3, $4, 0, 0, 0, 0, $5, $6)

-- name: insert_role
INSERT INTO people_role (centre, person, role, since) VALUES ($1, $2, $3, $4)
ON CONFLICT (centre, person, role) DO NOTHING

-- name: delete_role
DELETE FROM people_role WHERE centre = $1 AND person = $2 AND role = $3

-- name: others_with_role
-- People who hold it and can sign in, besides one.
SELECT COUNT(*) FROM people_role AS held JOIN people_person AS other ON other.person = held.person
WHERE held.role = $1 AND held.person <> $2 AND other.blocked_at IS NULL

-- name: rename_person
UPDATE people_person SET name = $2 WHERE person = $1

-- name: set_password
UPDATE people_person SET password = $2, failed = 0, locked_until = 0 WHERE person = $1

-- name: set_pin
UPDATE people_person SET pin_salt = $2, pin_hash = $3 WHERE person = $1

-- name: set_totp
UPDATE people_person SET totp_secret = $2, totp_on = $3, totp_step = 0 WHERE person = $1

-- name: block_person
UPDATE people_person SET blocked_at = $2 WHERE person = $1 AND blocked_at IS NULL

-- name: unblock_person
UPDATE people_person SET blocked_at = NULL, failed = 0, locked_until = 0 WHERE person = $1

-- name: note_failed
UPDATE people_person SET failed = $2, locked_until = $3 WHERE person = $1

-- name: note_right
UPDATE people_person SET failed = 0, locked_until = 0, totp_step = $2 WHERE person = $1

-- name: insert_session
INSERT INTO people_session (session, person, hash, changed_at, made_at, seen_at, ends_at, browser)
VALUES ($1, $2, $3, $4, $4, $4, $5, $6)

-- name: newest_session
SELECT COALESCE(MAX(session), 0) FROM people_session

-- name: session_by_hash
SELECT session, person, changed_at, made_at, seen_at, ends_at, browser FROM people_session
WHERE hash = $1 AND ended_at IS NULL

-- name: session_by_older
SELECT session, person, changed_at, made_at, seen_at, ends_at, browser FROM people_session
WHERE older = $1 AND ended_at IS NULL

-- name: sessions_of_person
SELECT session, person, changed_at, made_at, seen_at, ends_at, browser FROM people_session
WHERE person = $1 AND ended_at IS NULL ORDER BY session DESC

-- name: change_session
UPDATE people_session SET older = hash, hash = $2, changed_at = $3, seen_at = $3 WHERE session = $1

-- name: end_session
UPDATE people_session SET ended_at = $3 WHERE session = $1 AND person = $2 AND ended_at IS NULL

-- name: end_sessions_of_person
UPDATE people_session SET ended_at = $2 WHERE person = $1 AND ended_at IS NULL

-- name: insert_link
INSERT INTO people_link (hash, purpose, centre, person, role, name, made_at, ends_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)

-- name: link_by_hash
SELECT purpose, centre, person, role, name, made_at, ends_at, used_at FROM people_link WHERE hash = $1

-- name: use_link
UPDATE people_link SET used_at = $2 WHERE hash = $1 AND used_at IS NULL AND ends_at > $2

-- name: open_links
-- Those of a purpose that nobody used and that still count: $1 purpose, $2 centre, $3 now.
SELECT purpose, centre, person, role, name, made_at, ends_at, used_at, hash FROM people_link
WHERE purpose = $1 AND centre = $2 AND used_at IS NULL AND ends_at > $3 ORDER BY made_at, hash

-- name: end_link
UPDATE people_link SET ends_at = 0 WHERE hash = $1 AND used_at IS NULL

-- name: end_links
-- A new link of a purpose for somebody makes the older ones worthless.
UPDATE people_link SET ends_at = 0 WHERE purpose = $1 AND person = $2 AND centre = $3 AND used_at IS NULL

-- name: insert_device
INSERT INTO people_device (centre, device, name, hash, made_at, seen_at, store, sequence, received,
    waiting, oldest_at, offset_ms)
VALUES ($1, $2, $3, $4, $5, $5, '', 0, 0, 0, 0, 0)

-- name: newest_device
SELECT COALESCE(MAX(device), 0) FROM people_device WHERE centre = $1

-- name: device_by_hash
SELECT centre, device, name, made_at, seen_at, store, sequence, received, waiting, oldest_at,
    offset_ms, wiped_at, blocked_at
FROM people_device WHERE centre = $1 AND hash = $2

-- name: devices_of_centre
SELECT centre, device, name, made_at, seen_at, store, sequence, received, waiting, oldest_at,
    offset_ms, wiped_at, blocked_at
FROM people_device WHERE centre = $1 ORDER BY device

-- name: note_device
UPDATE people_device SET seen_at = $3, store = $4, sequence = $5, received = $6, waiting = $7,
    oldest_at = $8, offset_ms = $9, wiped_at = $10
WHERE centre = $1 AND device = $2

-- name: block_device
UPDATE people_device SET blocked_at = $3 WHERE centre = $1 AND device = $2

-- name: unblock_device
UPDATE people_device SET blocked_at = NULL WHERE centre = $1 AND device = $2

-- name: rename_device
UPDATE people_device SET name = $3 WHERE centre = $1 AND device = $2

-- name: insert_event
INSERT INTO people_event (centre, id, at, what, by_person, device, about_person, about)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)

-- name: newest_event
SELECT id FROM people_event WHERE centre = $1 ORDER BY id DESC LIMIT 1

-- name: events_of_centre
SELECT at, what, by_person, device, about_person, about FROM people_event
WHERE centre = $1 ORDER BY id DESC LIMIT $2
