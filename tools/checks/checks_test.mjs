// SPDX-License-Identifier: EUPL-1.2
// Shows each check a bad sample, so that we know that it can fail, and a good one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as architecture from './architecture.mjs';
import * as security from './security_names.mjs';
import * as spread from './spread.mjs';
import * as style from './style.mjs';

const files = (entries) => new Map(Object.entries(entries));
const spdx = '// SPDX-License-Identifier: EUPL-1.2\n';

test('a source file without its licence is found, data may lack it', () => {
    const found = style.licences(files({ 'src/a.cpp': 'int a;\n', 'src/b.cpp': spdx, 'tools/format': '#!/bin/sh\n', 'reference/a.csv': 'a\n' }));
    assert.deepEqual(found.map((line) => line.split(' ')[0]), ['src/a.cpp', 'tools/format']);
});

test('a file that is too long is found', () => {
    assert.equal(style.lengths(files({ 'src/a.cpp': 'x\n'.repeat(451), 'src/b.cpp': 'x\n'.repeat(450), 'tools/a.mjs': 'x\n'.repeat(999) })).length, 1);
});

test('tabs, blanks at the end and a missing line end are found', () => {
    assert.equal(style.blanks(files({ 'a.cpp': '\tx\n', 'b.cpp': 'x \n', 'c.cpp': 'x\r\n', 'd.cpp': 'x', 'e.cpp': 'x\n' })).length, 4);
});

test('a folder of one machine is found', () => {
    assert.equal(style.paths(files({ 'a.md': 'see /home/jan/x\n', 'b.md': 'cd /some/checkout/src\n', 'c.md': 'cd /etc\n' }), '/some/checkout').length, 2);
    assert.equal(style.paths(files({ 'a.md': 'see ${root}/src/base\n' }), '/src').length, 0);
});

test('a text that one language lacks, or that has another hole, is found', () => {
    assert.equal(style.catalogues({ a: 'x', b: '{n} stuks' }, { b: '{m} pieces', c: 'x' }).length, 3);
    assert.equal(style.catalogues({ a: ' ' }, { a: 'x' }).length, 1);
    assert.equal(style.catalogues({ b: '{n} van {m}' }, { b: '{m} has {n}' }).length, 0);
});

test('a refusal without text is found however it is written, and a text without refusal', () => {
    const source = files({
        'src/a.cpp': `return refuse(near ? "a.one" : "a.two", {{"x", "y"}});
            // refuse("a.comment")
            errors.push_back({"mass", "a.three", {}}); Refusal{"a.four", {}, {}}; const auto p = path("a.hpp");`,
        'src/a_test.cpp': 'refuse("a.test")',
    });
    assert.deepEqual([...style.refusalCodes(source).keys()], ['a.one', 'a.two', 'a.three', 'a.four']);
    const complaints = style.refusals(source, { 'refusal.a.one': 'x', 'refusal.a.two': 'x', 'refusal.a.three': 'x', 'refusal.a.gone': 'x' });
    assert.equal(complaints.length, 2);
    assert.match(complaints[0], /a\.four/);
    assert.match(complaints[1], /a\.gone/);
});

test('a shouted text is found', () => {
    assert.equal(style.tone({ a: 'Gelukt!', b: 'Opgeslagen.' }).length, 1);
});

test('a document that names a test which is not there, or hardly any, is found', () => {
    const names = security.testNames(files({
        'src/a_test.cpp': 'TEST_CASE("one \\"thing\\" holds") {}\nTEST_CASE_FIXTURE(House, "another holds, "\n    "and goes on") {}\n',
        'src/a.cpp': 'TEST_CASE("no test") {}\n',
        'tests/b_test.mjs': "test('a third holds', () => {});\n    ['a case', 1],\n",
        'web/src/c.test.ts': "it(`a fourth holds`, () => {});\n",
    }));
    assert.deepEqual([...names], ['one "thing" holds', 'another holds, and goes on', 'a third holds', 'a case', 'a fourth holds']);
    const text = 'see “a third holds”, “another holds,\nand goes on”, “a case” and “a fifth holds”';
    assert.deepEqual(security.unknownTests(text, names), ['no test is called “a fifth holds”']);
    assert.equal(security.tooFew(text, 5).length, 1);
    assert.equal(security.tooFew(text, 4).length, 0);
});

const map = '```arrows\nbase →\nplatform/store → base\nrooms/people → base, platform/*\nrooms/ledger → base rooms/people\napp → rooms/*\n```\n';
const allowed = architecture.drawing(map);

test('the drawing is read, with stars', () => {
    assert.deepEqual([...allowed.get('app')], ['rooms/people', 'rooms/ledger']);
    assert.deepEqual([...allowed.get('rooms/people')], ['base', 'platform/store']);
    assert.equal(architecture.drawing('no block'), null);
});

test('an include against the arrows is found, one along them is not, a test may look anywhere', () => {
    const against = files({
        'src/base/a.hpp': '#include "rooms/ledger/ledger.hpp"\n',
        'src/rooms/people/a.cpp': '#include "rooms/ledger/types.hpp"\n#include "platform/store/store.hpp"\n',
        'src/rooms/ledger/a.cpp': '#include "types.hpp"\n#include "rooms/people/types.hpp"\n// #include "app/x.hpp"\n',
        'src/rooms/ledger/a_test.cpp': '#include "app/x.hpp"\n',
        'src/platform/store/store.hpp': '',
    });
    assert.deepEqual(architecture.forbidden(against, allowed).map((line) => line.split(' ')[0]), ['src/base/a.hpp:1', 'src/rooms/people/a.cpp:1', 'src/rooms/ledger/a.cpp:1']);
});

test('entering a room by a window is found', () => {
    const through = files({ 'src/rooms/ledger/a.cpp': '#include "rooms/people/store.hpp"\n#include "rooms/people/people.hpp"\n', 'src/app/a.cpp': '#include "rooms/people/http.hpp"\n' });
    assert.equal(architecture.frontDoors(through).length, 1);
});

test('a circle is found', () => {
    const round = new Map([['a', new Set(['b'])], ['b', new Set(['c'])], ['c', new Set(['a'])]]);
    assert.deepEqual(architecture.circles(round), ['a → b → c → a']);
    assert.deepEqual(architecture.circles(allowed), []);
});

test('an arrow that is drawn upwards or across is found', () => {
    const drawn = new Map([['base', new Set(['app'])], ['solve', new Set(['platform/store'])], ['app', new Set(['base'])]]);
    assert.equal(architecture.levels(drawn).length, 2);
});

test('a folder that is not drawn, not there or not described is found', () => {
    const there = files({ 'src/base/a.cpp': '', 'src/attic/a.cpp': '' });
    const complaints = architecture.folders(there, new Map([['base', new Set()], ['app', new Set()]]), 'About `base`.');
    assert.equal(complaints.length, 3);
});

test('a table without its centre is found, unless a reason is given', () => {
    const sql = 'CREATE TABLE a_good (\n    centre INTEGER NOT NULL,\n    PRIMARY KEY (centre, id)\n);\nCREATE TABLE a_bad (\n    id INTEGER PRIMARY KEY\n);\nCREATE TABLE a_listed (\n    id INTEGER PRIMARY KEY\n);\n';
    const complaints = architecture.tables(files({ 'migrations/0001_a/sqlite.sql': sql }), '| `a_listed` | why |\n| `a_gone` | why |\n');
    assert.equal(complaints.length, 2);
    assert.match(complaints[0], /a_bad/);
    assert.match(complaints[1], /a_gone/);
});

test('a query that nobody runs is found', () => {
    const sql = '-- name: used\nSELECT 1\n\n-- name: used_no_more\nSELECT 2\n';
    const complaints = style.queries(files({ 'src/rooms/a/queries.sql': sql, 'src/rooms/a/store.cpp': 'view.rows(sql::used);', 'src/rooms/b/store.cpp': 'sql::used_no_more' }));
    assert.deepEqual(complaints, ['src/rooms/a/queries.sql: nobody runs "used_no_more"']);
});

test('a query that cannot be answered where one centre lives is found', () => {
    const sql = [
        'CREATE TABLE a (\n    centre BIGINT NOT NULL,\n    id BIGINT NOT NULL,\n    PRIMARY KEY (centre, id)\n);',
        'CREATE TABLE b (\n    centre BIGINT PRIMARY KEY\n);',
        'CREATE TABLE c (\n    centre BIGINT PRIMARY KEY,\n    name TEXT UNIQUE\n);',
    ].join('\n');
    const tables = spread.tablesByCentre(files({ 'migrations/0001_a/postgres.sql': sql }));
    assert.deepEqual([...tables], ['a', 'b']);
    const good = [
        'SELECT id FROM a JOIN b ON b.centre = a.centre WHERE a.centre = $1',
        'SELECT id FROM a WHERE centre = $1 AND id IN (SELECT id FROM a AS other WHERE centre = $1 AND id > $2)',
        'SELECT id FROM a AS mine WHERE centre = $1 AND EXISTS (SELECT 1 FROM b WHERE b.centre = mine.centre)',
        'SELECT (SELECT MIN(id) FROM a WHERE centre = $1), (SELECT MAX(id) FROM a WHERE centre = $1)',
        'SELECT name FROM c JOIN a ON a.centre = c.centre',
        'SELECT month, SUM(grams) FROM a GROUP BY month',
        'INSERT INTO a (centre, id) VALUES ($1, $2)',
        'DELETE FROM a WHERE centre = $1 AND id = $2',
    ];
    for (const one of good) assert.equal(spread.complaint(one, tables), undefined, one);
    const bad = [
        'SELECT id FROM a JOIN b ON b.id = a.id WHERE a.centre = $1',
        'SELECT id FROM a, b WHERE a.centre = $1 AND b.centre = $2',
        'SELECT id FROM a WHERE centre = $1 AND id IN (SELECT id FROM b WHERE id > $2)',
        'SELECT id FROM a WHERE id NOT IN (SELECT id FROM b)',
        'UPDATE a SET id = $2 WHERE id = $1',
        'DELETE FROM a WHERE id = $1',
        'INSERT INTO a (id) VALUES ($1)',
    ];
    for (const one of bad) assert.ok(spread.complaint(one, tables), one);
});
