-- What the program itself asks of its books: no room's tables.

-- name: newest_migration
-- Any read at all: 503 of /readyz.
SELECT MAX(number) FROM schema_version

-- name: may_write
-- 1 when this database takes writes; one that follows another does not.
SELECT 1
-- for: postgres
SELECT CASE WHEN current_setting('transaction_read_only') = 'on' THEN 0 ELSE 1 END

-- name: database_bytes
SELECT pages.page_count * size.page_size FROM pragma_page_count AS pages, pragma_page_size AS size
-- for: postgres
SELECT pg_database_size(current_database())

-- name: integrity
-- "ok", or the first thing that is damaged in the file; PostgreSQL looks after its own.
SELECT integrity_check FROM pragma_integrity_check(1)
-- for: postgres
SELECT 'ok'
