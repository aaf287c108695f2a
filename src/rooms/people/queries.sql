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
