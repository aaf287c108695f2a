-- SPDX-License-Identifier: EUPL-1.2
-- Which visit a pass was counted for, so that taking the car back gives the count back. It holds the same
-- unreadable number as the count, and both go when the year is over.
CREATE TABLE intake_pass_visit (
    centre INTEGER NOT NULL,
    visit BLOB NOT NULL CHECK (length(visit) = 16),
    year INTEGER NOT NULL,
    pass BLOB NOT NULL CHECK (length(pass) = 32),
    PRIMARY KEY (centre, visit)
) STRICT, WITHOUT ROWID;
