-- What holds for the network as a whole: its name, and whether it is an example. Few rows.
CREATE TABLE network_setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
