-- SPDX-License-Identifier: EUPL-1.2
-- What a network adds to the categories of reference/streams: some of its own, and other names.
-- Names and offers hold from a day on and are never taken away, since old movements keep the number.
-- Few rows about no centre.
CREATE TABLE network_category (
    category BIGINT PRIMARY KEY CHECK (category >= 10000), -- below it: reference/streams
    stream BIGINT NOT NULL CHECK (stream BETWEEN 1 AND 10),
    made_at BIGINT NOT NULL
);

-- Of its own categories and of those in reference/streams, hence without a foreign key.
CREATE TABLE network_category_name (
    category BIGINT NOT NULL CHECK (category > 0),
    valid_from BIGINT NOT NULL, -- a day
    name_nl TEXT NOT NULL CHECK (name_nl <> ''),
    name_en TEXT NOT NULL CHECK (name_en <> ''),
    made_at BIGINT NOT NULL,
    PRIMARY KEY (category, valid_from)
);

-- Whether screens offer a category; one without a row is offered.
CREATE TABLE network_category_offer (
    category BIGINT NOT NULL CHECK (category > 0),
    valid_from BIGINT NOT NULL, -- a day
    offered BIGINT NOT NULL CHECK (offered IN (0, 1)),
    made_at BIGINT NOT NULL,
    PRIMARY KEY (category, valid_from)
);

