-- People with an account, what they may do, the devices that they share, and what was done with
-- either. Names and addresses stand in people_person only; everything else knows a number.

CREATE TABLE people_person (
    person INTEGER PRIMARY KEY CHECK (person > 0),
    name TEXT NOT NULL,
    email TEXT UNIQUE,            -- lower case; NULL: works with a PIN at a shared device only
    language TEXT NOT NULL,
    password TEXT,                -- Argon2id as libsodium writes it, with salt and cost
    totp_secret BLOB,             -- second step; counts once totp_on = 1
    totp_on INTEGER NOT NULL CHECK (totp_on IN (0, 1)),
    totp_step INTEGER NOT NULL,   -- last step used: a code works once
    pin_salt BLOB,                -- PBKDF2-SHA256, so that a device can check it without network
    pin_hash BLOB,
    failed INTEGER NOT NULL,      -- wrong passwords in a row
    locked_until INTEGER NOT NULL,
    secret BLOB NOT NULL CHECK (length(secret) = 32),
    made_at INTEGER NOT NULL,
    blocked_at INTEGER
) STRICT;

-- A role at a centre; centre 0: in the network.
CREATE TABLE people_role (
    centre INTEGER NOT NULL,
    person INTEGER NOT NULL REFERENCES people_person (person),
    role INTEGER NOT NULL CHECK (role BETWEEN 1 AND 255),
    since INTEGER NOT NULL,
    PRIMARY KEY (centre, person, role)
) STRICT, WITHOUT ROWID;
CREATE INDEX people_role_person ON people_role (person);

-- Who is signed in. The cookie's text is nowhere: only its hash.
CREATE TABLE people_session (
    session INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES people_person (person),
    hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    older BLOB UNIQUE,             -- the text before it was changed, good for a minute
    changed_at INTEGER NOT NULL,
    made_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    browser TEXT NOT NULL,         -- "Firefox, Linux": to recognise one's own
    ended_at INTEGER
) STRICT;
CREATE INDEX people_session_person ON people_session (person);

-- A link that lets somebody in once: the first administrator, an invitation, a forgotten password,
-- a device that is to become one of a centre.
CREATE TABLE people_link (
    hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
    purpose INTEGER NOT NULL CHECK (purpose BETWEEN 1 AND 4), -- 1 first, 2 invite, 3 reset, 4 device
    centre INTEGER NOT NULL,
    person INTEGER NOT NULL,      -- 0: makes a new one
    role INTEGER NOT NULL,        -- 0: none
    name TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT, WITHOUT ROWID;

-- A tablet or computer that people of a centre share. Its browser numbers what it sends; a browser
-- that was wiped begins again under another store.
CREATE TABLE people_device (
    centre INTEGER NOT NULL,
    device INTEGER NOT NULL CHECK (device > 0),
    name TEXT NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    made_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    store TEXT NOT NULL,          -- name that the browser's own storage gave itself
    sequence INTEGER NOT NULL,    -- highest number received
    received INTEGER NOT NULL,    -- how many different ones
    waiting INTEGER NOT NULL,     -- how many it said it still kept, when it was last seen
    oldest_at INTEGER NOT NULL,   -- when the oldest of these happened; 0: none
    offset_ms INTEGER NOT NULL,   -- the server's clock minus the device's
    wiped_at INTEGER,
    blocked_at INTEGER,
    PRIMARY KEY (centre, device),
    UNIQUE (centre, hash)
) STRICT, WITHOUT ROWID;

-- What was done with accounts, rights, devices and exports. Centre 0: the network.
CREATE TABLE people_event (
    centre INTEGER NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    at INTEGER NOT NULL,
    what TEXT NOT NULL,           -- "signed-in", "role-given", ...: text "event.<what>"
    by_person INTEGER NOT NULL,   -- 0: nobody known, or the program
    device INTEGER NOT NULL,      -- 0: none
    about_person INTEGER NOT NULL,
    about TEXT NOT NULL,          -- a role, a device, the name of an export; never a name of a person
    PRIMARY KEY (centre, id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER people_event_stays BEFORE UPDATE ON people_event
BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;
