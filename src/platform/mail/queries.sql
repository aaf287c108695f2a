-- name: newest_letter
SELECT COALESCE(MAX(letter), 0) FROM mail_letter

-- name: insert_letter
INSERT INTO mail_letter (letter, recipient, subject, words, made_at, next_at, tries, sent_at, fault)
VALUES ($1, $2, $3, $4, $5, $5, 0, NULL, '')

-- name: waiting_letters
-- Whose turn is, oldest first: $1 now, $2 tries after which somebody gave up.
SELECT letter, recipient, subject, words, made_at, tries FROM mail_letter
WHERE sent_at IS NULL AND next_at <= $1 AND tries < $2 ORDER BY letter

-- name: note_sent
UPDATE mail_letter SET sent_at = $2, tries = tries + 1, fault = '' WHERE letter = $1

-- name: note_not_sent
UPDATE mail_letter SET next_at = $2, tries = tries + 1, fault = $3 WHERE letter = $1

-- name: forget_letters
-- What was made before $1, sent or not.
DELETE FROM mail_letter WHERE made_at < $1

-- name: last_fault
-- Of what waits or was given up.
SELECT fault FROM mail_letter WHERE sent_at IS NULL AND fault <> '' ORDER BY letter DESC LIMIT 1
