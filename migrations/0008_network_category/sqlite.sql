-- SPDX-License-Identifier: EUPL-1.2
-- What a network adds to the categories of reference/streams: some of its own, and other names.
-- Names and offers hold from a day on and are never taken away, since old movements keep the number.
-- Few rows about no centre.
CREATE TABLE network_category (
    category INTEGER PRIMARY KEY CHECK (category >= 10000), -- below it: reference/streams
    stream INTEGER NOT NULL CHECK (stream BETWEEN 1 AND 10),
    made_at INTEGER NOT NULL
) STRICT;

-- Of its own categories and of those in reference/streams, hence without a foreign key.
CREATE TABLE network_category_name (
    category INTEGER NOT NULL CHECK (category > 0),
    valid_from INTEGER NOT NULL, -- a day
    name_nl TEXT NOT NULL CHECK (name_nl <> ''),
    name_en TEXT NOT NULL CHECK (name_en <> ''),
    made_at INTEGER NOT NULL,
    PRIMARY KEY (category, valid_from)
) STRICT, WITHOUT ROWID;

-- Whether screens offer a category; one without a row is offered.
CREATE TABLE network_category_offer (
    category INTEGER NOT NULL CHECK (category > 0),
    valid_from INTEGER NOT NULL, -- a day
    offered INTEGER NOT NULL CHECK (offered IN (0, 1)),
    made_at INTEGER NOT NULL,
    PRIMARY KEY (category, valid_from)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER network_category_is_kept BEFORE DELETE ON network_category
BEGIN SELECT RAISE(ABORT, 'a category is never taken away'); END;
CREATE TRIGGER network_category_name_is_kept BEFORE DELETE ON network_category_name
BEGIN SELECT RAISE(ABORT, 'a name of a category is never taken away'); END;
