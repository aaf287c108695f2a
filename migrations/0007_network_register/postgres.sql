-- SPDX-License-Identifier: EUPL-1.2
-- What a centre is, beyond its name: whose it is, where it stands, when it is open, what it does and
-- with which bins and scales it weighs. A centre without a row in network_register has all of its
-- places and streams and no hours, as before.

-- Who runs centres. Few rows, and one organisation may run several centres.
CREATE TABLE network_organisation (
    organisation BIGINT PRIMARY KEY CHECK (organisation > 0),
    name TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL
        CHECK (kind IN ('municipality', 'foundation', 'company', 'cooperative', 'other')),
    made_at BIGINT NOT NULL
);

CREATE TABLE network_register (
    centre BIGINT PRIMARY KEY REFERENCES network_centre (centre),
    street TEXT NOT NULL,
    house_number TEXT NOT NULL, -- with what belongs to it: "12a"
    postcode TEXT NOT NULL, -- "7201 AB"
    latitude BIGINT CHECK (latitude BETWEEN -90000000 AND 90000000), -- millionths of a degree
    longitude BIGINT CHECK (longitude BETWEEN -180000000 AND 180000000),
    municipality TEXT, -- "GM0301", of reference/municipalities.csv
    organisation BIGINT REFERENCES network_organisation (organisation),
    hours TEXT NOT NULL, -- as base/opening_hours writes them; empty: not known
    changed_at BIGINT NOT NULL,
    CHECK ((latitude IS NULL) = (longitude IS NULL))
);

-- The building blocks of a circular craft centre, five of its own and two beside it.
CREATE TABLE network_block (
    centre BIGINT NOT NULL REFERENCES network_centre (centre),
    block TEXT NOT NULL CHECK (block IN ('yard', 'shop', 'education', 'social', 'repair', 'firms',
                                         'government')),
    since BIGINT NOT NULL, -- day
    evidence TEXT NOT NULL,
    PRIMARY KEY (centre, block)
);

CREATE TABLE network_closed_day (
    centre BIGINT NOT NULL REFERENCES network_centre (centre),
    day BIGINT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (centre, day)
);

-- What a centre does not have. What stands here is not offered; what the books know stays.
CREATE TABLE network_switched_off (
    centre BIGINT NOT NULL REFERENCES network_centre (centre),
    what TEXT NOT NULL CHECK (what IN ('place', 'stream')),
    code TEXT NOT NULL,
    PRIMARY KEY (centre, what, code)
);

-- Weights of empty bins. One that weighs otherwise now is retired and gets a new number, so that a
-- weighing of before can still be explained.
CREATE TABLE network_tare (
    centre BIGINT NOT NULL REFERENCES network_centre (centre),
    tare BIGINT NOT NULL CHECK (tare > 0),
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('cage', 'container', 'trailer', 'vehicle', 'box')),
    grams BIGINT NOT NULL CHECK (grams > 0),
    valid_from BIGINT NOT NULL, -- day
    retired_at BIGINT,
    PRIMARY KEY (centre, tare)
);

CREATE TABLE network_scale (
    centre BIGINT NOT NULL REFERENCES network_centre (centre),
    scale BIGINT NOT NULL CHECK (scale > 0),
    name TEXT NOT NULL,
    place TEXT NOT NULL, -- where it stands, in a word: "poort"
    host TEXT NOT NULL,
    port BIGINT NOT NULL CHECK (port BETWEEN 1 AND 65535),
    profile TEXT NOT NULL CHECK (profile IN ('sics', 'toledo', 'kern', 'pattern')),
    pattern TEXT NOT NULL, -- of profile "pattern", else empty
    max_g BIGINT NOT NULL CHECK (max_g > 0),
    step_g BIGINT NOT NULL CHECK (step_g > 0 AND step_g <= max_g),
    verified_until BIGINT, -- last day of its verification; NULL: never verified
    retired_at BIGINT,
    PRIMARY KEY (centre, scale),
    CHECK ((profile = 'pattern') = (pattern <> ''))
);
