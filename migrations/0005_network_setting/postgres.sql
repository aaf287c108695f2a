-- What holds for the network as a whole: its name, and whether it is an example. Few rows; a
-- reference table, without a shard of its own.
CREATE TABLE network_setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
