-- SPDX-License-Identifier: EUPL-1.2
-- What runs by the clock, one row a job: which run was taken last, by which server, and how it ended. Who
-- changes due_at to the moment of a run has that run, so that several servers make it once.
CREATE TABLE jobs_job (
    name TEXT NOT NULL PRIMARY KEY,
    due_at BIGINT NOT NULL,       -- the run that was taken last; 0: none yet
    runner TEXT NOT NULL,          -- the process that took it
    started_at BIGINT NOT NULL,
    alive_at BIGINT NOT NULL,     -- when that process last said that it is still at it
    ended_at BIGINT,              -- null: it still is
    good_at BIGINT NOT NULL,      -- start of the last run that went well; 0: none yet
    fault TEXT NOT NULL            -- JSON, a refusal with its arguments; empty: the last run went well
);

-- Mail that waits, and for a month what went out, so that somebody can see that it did.
CREATE TABLE mail_letter (
    letter BIGINT NOT NULL PRIMARY KEY,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    words TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    next_at BIGINT NOT NULL,      -- not tried before then
    tries BIGINT NOT NULL,
    sent_at BIGINT,
    fault TEXT NOT NULL            -- why the last try failed, as the mail server said it
);
