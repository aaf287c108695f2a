-- Centres. A reference table: few rows, read by everybody, without a shard of its own.
CREATE TABLE network_centre (
    centre BIGINT PRIMARY KEY CHECK (centre > 0),
    name TEXT NOT NULL,
    slug TEXT NOT NULL UNIQUE,
    municipality TEXT NOT NULL,
    place TEXT NOT NULL,
    country TEXT NOT NULL,
    external_name TEXT UNIQUE, -- the group that an imported file calls it by; NULL: one of ours
    made_at BIGINT NOT NULL
);
