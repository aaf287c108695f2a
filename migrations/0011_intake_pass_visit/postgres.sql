-- SPDX-License-Identifier: EUPL-1.2
-- Which visit a pass was counted for, so that taking the car back gives the count back. It holds the same
-- unreadable number as the count, and both go when the year is over.
CREATE TABLE intake_pass_visit (
    centre BIGINT NOT NULL,
    visit BYTEA NOT NULL CHECK (length(visit) = 16),
    year BIGINT NOT NULL,
    pass BYTEA NOT NULL CHECK (length(pass) = 32),
    PRIMARY KEY (centre, visit)
);
