// SPDX-License-Identifier: EUPL-1.2
// Whether PostgreSQL's own catalogue of the schema lets a distributed PostgreSQL (Citus) keep the
// rows of each centre together on one machine.
#include "platform/store/postgres_testing.hpp"

#include <doctest/doctest.h>

using namespace kringwerk;
using kringwerk::testing::Cluster;

namespace {

/// Tables in which every primary key and unique index has the column `centre`.
constexpr const char* by_centre = R"(
    CREATE TEMP VIEW keys AS
    SELECT c.oid, c.relname::text AS name, i.indexrelid,
        EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'centre'
                AND a.attnum = ANY (i.indkey)) AS has_centre, i.indisprimary AS is_primary
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
    JOIN pg_index i ON i.indrelid = c.oid AND i.indisunique WHERE c.relkind = 'r';
    CREATE TEMP VIEW spread AS
    SELECT oid, name FROM keys GROUP BY oid, name HAVING bool_and(has_centre) AND bool_or(is_primary);)";

/// Each gives what breaks one rule.
struct Rule {
    const char* name;
    const char* sql;
};
constexpr Rule rules[] = {
    {"a table has a primary key",
     "SELECT c.relname FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = "
     "'public'::regnamespace AND NOT EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = c.oid AND "
     "i.indisprimary)"},
    {"a foreign key between tables by centre joins the centres",
     "SELECT k.conname FROM pg_constraint k JOIN spread f ON f.oid = k.conrelid JOIN spread t ON "
     "t.oid = k.confrelid WHERE k.contype = 'f' AND NOT EXISTS (SELECT 1 FROM "
     "generate_subscripts(k.conkey, 1) i JOIN pg_attribute a ON a.attrelid = k.conrelid AND "
     "a.attnum "
     "= k.conkey[i] JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = k.confkey[i] "
     "WHERE "
     "a.attname = 'centre' AND b.attname = 'centre')"},
    {"what is everywhere points at nothing that is spread",
     "SELECT k.conname FROM pg_constraint k JOIN spread t ON t.oid = k.confrelid WHERE k.contype = "
     "'f' AND k.conrelid NOT IN (SELECT oid FROM spread)"},
    {"no triggers of our own", "SELECT t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = "
                               "t.tgrelid WHERE NOT t.tgisinternal"},
    {"no sequences and no columns that count by themselves",
     "SELECT c.relname FROM pg_class c WHERE c.relkind = 'S' AND c.relnamespace = "
     "'public'::regnamespace UNION ALL SELECT a.attname FROM pg_attribute a JOIN pg_class c ON "
     "c.oid "
     "= a.attrelid WHERE a.attidentity <> '' AND c.relnamespace = 'public'::regnamespace"},
    {"no values that a machine makes by itself",
     "SELECT pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d JOIN pg_class c ON c.oid = "
     "d.adrelid "
     "WHERE c.relnamespace = 'public'::regnamespace AND pg_get_expr(d.adbin, d.adrelid) LIKE "
     "'%(%'"},
    {"the centre is a whole number everywhere",
     "SELECT c.relname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid WHERE a.attname = "
     "'centre' AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.atttypid <> "
     "'bigint'::regtype"},
};

/// Names of what breaks a rule, in one text.
std::string broken(postgres::PostgresConnection& connection, const Rule& rule) {
    const auto all = "SELECT coalesce(string_agg(one::text, ', '), '') FROM (" +
                     std::string(rule.sql) + ") AS found (one)";
    return connection.text(all.c_str()).value();
}

} // namespace

TEST_CASE("the schema can be spread over machines by centre as it is") {
    postgres::PostgresConnection connection(Cluster::instance().fresh_database(),
                                            postgres::Access::write);
    connection.script(by_centre);
    for (const auto& rule : rules) {
        CAPTURE(rule.name);
        CHECK(broken(connection, rule) == "");
    }
    // The catalogue of the program, from which `schema --citus` is made, is that of PostgreSQL.
    std::string spread;
    std::string everywhere = "schema_version";
    auto shapes = catalogue();
    std::sort(shapes.begin(), shapes.end(),
              [](const auto& a, const auto& b) { return a.name < b.name; });
    for (const auto& shape : shapes) {
        auto& list = shape.by_centre ? spread : everywhere;
        list += (list.empty() ? "" : ",") + shape.name;
    }
    CHECK(connection.text("SELECT string_agg(name, ',' ORDER BY name COLLATE \"C\") FROM spread") ==
          spread);
    CHECK(connection.text(
              "SELECT 'schema_version,' || string_agg(DISTINCT name COLLATE \"C\", ',') FROM "
              "keys WHERE oid NOT IN (SELECT oid FROM spread) AND name <> "
              "'schema_version'") == everywhere);
}

TEST_CASE("each rule about spreading the schema finds what breaks it") {
    postgres::PostgresConnection connection(Cluster::instance().fresh_database(),
                                            postgres::Access::write);
    connection.script(by_centre);
    connection.script(R"(
        CREATE TABLE bad_no_key (centre BIGINT);
        CREATE TABLE bad_pointer (centre BIGINT, id BIGINT, other BIGINT REFERENCES ledger_head (centre),
            PRIMARY KEY (centre, id));
        CREATE TABLE bad_everywhere (id BIGINT PRIMARY KEY, centre BIGINT REFERENCES ledger_head (centre));
        CREATE TABLE bad_counter (centre BIGINT, id BIGINT GENERATED ALWAYS AS IDENTITY,
            PRIMARY KEY (centre, id));
        CREATE TABLE bad_value (centre BIGINT PRIMARY KEY, at DOUBLE PRECISION DEFAULT random());
        CREATE TABLE bad_type (centre TEXT PRIMARY KEY);
        CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
        CREATE TRIGGER bad_trigger AFTER INSERT ON ledger_head EXECUTE FUNCTION nothing();)");
    const char* const found[] = {
        "bad_no_key",  "bad_pointer_other_fkey", "bad_everywhere_centre_fkey",
        "bad_trigger", "bad_counter_id_seq, id", "random()",
        "bad_type"};
    for (std::size_t i = 0; i < std::size(rules); ++i) {
        CAPTURE(rules[i].name);
        CHECK(broken(connection, rules[i]) == found[i]);
    }
}
