-- Of PostgreSQL; empty here, so that both engines have the same tables.
-- What the last transaction of each strand was called by who wrote it. A server whose connection broke
-- in a commit looks here whether it was written: numbers of transactions may be given out again after
-- a crash.
CREATE TABLE store_written (
    centre INTEGER PRIMARY KEY,
    token INTEGER NOT NULL
) STRICT;

-- The same for what belongs to no centre.
CREATE TABLE store_written_network (
    strand INTEGER PRIMARY KEY,
    token INTEGER NOT NULL
) STRICT;
