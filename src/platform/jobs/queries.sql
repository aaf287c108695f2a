-- name: job_by_name
SELECT name, due_at, started_at, alive_at, ended_at, good_at, fault FROM jobs_job WHERE name = $1

-- name: insert_job
INSERT INTO jobs_job (name, due_at, runner, started_at, alive_at, ended_at, good_at, fault)
VALUES ($1, 0, '', 0, 0, 0, 0, '') ON CONFLICT (name) DO NOTHING

-- name: claim_job
-- $2 the run, $3 who, $4 now, $5 who was not heard of since then has given up, $6 what failed before
-- then may be tried again.
UPDATE jobs_job SET due_at = $2, runner = $3, started_at = $4, alive_at = $4, ended_at = NULL
WHERE name = $1 AND ((ended_at IS NULL AND alive_at < $5)
    OR (ended_at IS NOT NULL AND (due_at < $2 OR (fault <> '' AND ended_at < $6))))

-- name: keep_job
UPDATE jobs_job SET alive_at = $3 WHERE name = $1 AND runner = $2 AND ended_at IS NULL

-- name: end_job
UPDATE jobs_job SET ended_at = $3, good_at = CASE WHEN $4 = '' THEN started_at ELSE good_at END,
    fault = $4
WHERE name = $1 AND runner = $2 AND ended_at IS NULL
