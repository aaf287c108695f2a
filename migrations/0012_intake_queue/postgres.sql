-- SPDX-License-Identifier: EUPL-1.2
-- How many cars somebody last saw waiting before the gate of a centre. Only the last count is kept: it
-- says something about now and nothing about the goods.
CREATE TABLE intake_queue (
    centre BIGINT PRIMARY KEY,
    waiting BIGINT NOT NULL CHECK (waiting BETWEEN 0 AND 200),
    counted_at BIGINT NOT NULL,  -- by the corrected clock of the counter
    device BIGINT NOT NULL       -- of the centre
);
