-- SPDX-License-Identifier: EUPL-1.2
-- Actions that were not accepted, whole, so that nothing that somebody did is lost: a person settles
-- them. One that is accepted when it is sent again is settled by that.
CREATE TABLE ledger_refused_action (
    centre INTEGER NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    device TEXT NOT NULL,
    device_sequence INTEGER NOT NULL,
    kind TEXT NOT NULL,
    person INTEGER NOT NULL,       -- who was at the counter; 0: not said
    clock_at INTEGER NOT NULL,
    offset_ms INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    code TEXT NOT NULL,            -- why: the code of the refusal
    body TEXT NOT NULL,            -- JSON as it was sent
    settled_at INTEGER,
    settled_by INTEGER NOT NULL,   -- person; 0: nobody yet, or by being accepted later
    PRIMARY KEY (centre, id)
) STRICT, WITHOUT ROWID;
