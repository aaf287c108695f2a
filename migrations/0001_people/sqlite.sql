-- Who may knock. Tokens are stored hashed; `secret` makes the actor's number in the books and is
-- wiped when the person behind a token is forgotten, after which nobody can find them any more.
CREATE TABLE people_token (
    token INTEGER PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    name TEXT NOT NULL,
    role INTEGER NOT NULL CHECK (role BETWEEN 1 AND 255),
    centre INTEGER,
    kinds TEXT NOT NULL,
    may_read INTEGER NOT NULL CHECK (may_read IN (0, 1)),
    may_close INTEGER NOT NULL CHECK (may_close IN (0, 1)),
    secret BLOB NOT NULL CHECK (length(secret) = 32),
    made_at INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT;
