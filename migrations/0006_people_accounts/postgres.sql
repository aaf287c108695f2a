-- People with an account, what they may do, the devices that they share, and what was done with
-- either. Names and addresses stand in people_person only; everything else knows a number.

CREATE TABLE people_person (
    person BIGINT PRIMARY KEY CHECK (person > 0),
    name TEXT NOT NULL,
    email TEXT UNIQUE,            -- lower case; NULL: works with a PIN at a shared device only
    language TEXT NOT NULL,
    password TEXT,                -- Argon2id as libsodium writes it, with salt and cost
    totp_secret BYTEA,             -- second step; counts once totp_on = 1
    totp_on BIGINT NOT NULL CHECK (totp_on IN (0, 1)),
    totp_step BIGINT NOT NULL,   -- last step used: a code works once
    pin_salt BYTEA,                -- PBKDF2-SHA256, so that a device can check it without network
    pin_hash BYTEA,
    failed BIGINT NOT NULL,      -- wrong passwords in a row
    locked_until BIGINT NOT NULL,
    secret BYTEA NOT NULL CHECK (length(secret) = 32),
    made_at BIGINT NOT NULL,
    blocked_at BIGINT
);

-- A role at a centre; centre 0: in the network.
CREATE TABLE people_role (
    centre BIGINT NOT NULL,
    person BIGINT NOT NULL REFERENCES people_person (person),
    role BIGINT NOT NULL CHECK (role BETWEEN 1 AND 255),
    since BIGINT NOT NULL,
    PRIMARY KEY (centre, person, role)
);
CREATE INDEX people_role_person ON people_role (person);

-- Who is signed in. The cookie's text is nowhere: only its hash.
CREATE TABLE people_session (
    session BIGINT PRIMARY KEY,
    person BIGINT NOT NULL REFERENCES people_person (person),
    hash BYTEA NOT NULL UNIQUE CHECK (length(hash) = 32),
    older BYTEA UNIQUE,             -- the text before it was changed, good for a minute
    changed_at BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    browser TEXT NOT NULL,         -- "Firefox, Linux": to recognise one's own
    ended_at BIGINT
);
CREATE INDEX people_session_person ON people_session (person);

-- A link that lets somebody in once: the first administrator, an invitation, a forgotten password,
-- a device that is to become one of a centre.
CREATE TABLE people_link (
    hash BYTEA PRIMARY KEY CHECK (length(hash) = 32),
    purpose BIGINT NOT NULL CHECK (purpose BETWEEN 1 AND 4), -- 1 first, 2 invite, 3 reset, 4 device
    centre BIGINT NOT NULL,
    person BIGINT NOT NULL,      -- 0: makes a new one
    role BIGINT NOT NULL,        -- 0: none
    name TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    used_at BIGINT
);

-- A tablet or computer that people of a centre share. Its browser numbers what it sends; a browser
-- that was wiped begins again under another store.
CREATE TABLE people_device (
    centre BIGINT NOT NULL,
    device BIGINT NOT NULL CHECK (device > 0),
    name TEXT NOT NULL,
    hash BYTEA NOT NULL CHECK (length(hash) = 32),
    made_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    store TEXT NOT NULL,          -- name that the browser's own storage gave itself
    sequence BIGINT NOT NULL,    -- highest number received
    received BIGINT NOT NULL,    -- how many different ones
    waiting BIGINT NOT NULL,     -- how many it said it still kept, when it was last seen
    oldest_at BIGINT NOT NULL,   -- when the oldest of these happened; 0: none
    offset_ms BIGINT NOT NULL,   -- the server's clock minus the device's
    wiped_at BIGINT,
    blocked_at BIGINT,
    PRIMARY KEY (centre, device),
    UNIQUE (centre, hash)
);

-- What was done with accounts, rights, devices and exports. Centre 0: the network.
CREATE TABLE people_event (
    centre BIGINT NOT NULL,
    id BYTEA NOT NULL CHECK (length(id) = 16),
    at BIGINT NOT NULL,
    what TEXT NOT NULL,           -- "signed-in", "role-given", ...: text "event.<what>"
    by_person BIGINT NOT NULL,   -- 0: nobody known, or the program
    device BIGINT NOT NULL,      -- 0: none
    about_person BIGINT NOT NULL,
    about TEXT NOT NULL,          -- a role, a device, the name of an export; never a name of a person
    PRIMARY KEY (centre, id)
);
