-- Who may knock. Tokens are stored hashed; `secret` makes the actor's number in the books and is
-- wiped when the person behind a token is forgotten, after which nobody can find them any more.
CREATE TABLE people_token (
    token BIGINT PRIMARY KEY,
    hash BYTEA NOT NULL UNIQUE CHECK (length(hash) = 32),
    name TEXT NOT NULL,
    role BIGINT NOT NULL CHECK (role BETWEEN 1 AND 255),
    centre BIGINT,
    kinds TEXT NOT NULL,
    may_read BIGINT NOT NULL CHECK (may_read IN (0, 1)),
    may_close BIGINT NOT NULL CHECK (may_close IN (0, 1)),
    secret BYTEA NOT NULL CHECK (length(secret) = 32),
    made_at BIGINT NOT NULL,
    revoked_at BIGINT
);
