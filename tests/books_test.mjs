// SPDX-License-Identifier: EUPL-1.2
// Books from beginning to end by the command line: repair records in and out, the demo, the proof.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { folder, run, serve } from './program.mjs';

const header = 'id,data_provider,country,partner_product_category,product_category,product_category_id,brand,year_of_manufacture,product_age,repair_status,repair_barrier_if_end_of_life,group_identifier,event_date,problem';
const rows = [
    'test_1,Repair Test,NLD,Kitchen ~ Kettle,Kettle,11,Philips,2015,5,Fixed,,North,2020-03-14,"Cord broken, replaced"',
    'test_2,Repair Test,NLD,Sound ~ Radio,Hi-Fi integrated,9,Unknown,,,End of life,Spare parts not available,North,2020-03-14,Call 06-12345678 when it is done',
    'test_3,Repair Test,NLD,Lamp,Lamp,15,Unknown,,,Repairable,,South,2021-01-02,"Says ""nothing"""',
];

/** Imports a file and gives what the program said; fails the test when it refused. */
function take(data, file) {
    const taken = run(['import', 'ords', file, '--data', data]);
    assert.equal(taken.status, 0, taken.err + taken.out);
    return taken.out;
}

function give(data, file) {
    const given = run(['export', 'ords', file, '--data', data]);
    assert.equal(given.status, 0, given.err);
    return readFileSync(file, 'utf8');
}

test('repair records go in, and what comes out goes in elsewhere and comes out the same', (t) => {
    const place = folder(t);
    const [first, second] = [join(place, 'first'), join(place, 'second')];
    const source = join(place, 'repairs.csv');
    writeFileSync(source, [header, ...rows, ''].join('\n'));

    take(first, source);
    const once = give(first, join(place, 'once.csv'));
    take(first, source);
    assert.equal(give(first, join(place, 'again.csv')), once, 'the same file again changes nothing');
    take(second, join(place, 'once.csv'));
    assert.equal(give(second, join(place, 'twice.csv')), once);

    for (const id of ['test_1', 'test_2', 'test_3']) assert.equal(once.split(id).length, 2, id);
    assert.doesNotMatch(once, /12345678/);
    assert.match(once, /"Cord broken, replaced"/);
    for (const data of [first, second]) assert.equal(run(['verify', '--data', data]).status, 0);
});

test('what strangers typed is computed by no spreadsheet, and still exchanged byte by byte', (t) => {
    const place = folder(t);
    const source = join(place, 'repairs.csv');
    const typed = `test_4,Repair Test,NLD,Lamp,Lamp,15,@SUM(A1),,,Repairable,,+South,2021-01-02,"=HYPERLINK(""https://example.org"",""x"")"`;
    writeFileSync(source, [header, typed, ''].join('\n'));
    take(place, source);
    assert.ok(give(place, join(place, 'out.csv')).includes(typed), 'for programs it stays as it was');
    const read = run(['export', 'ords', join(place, 'sheet.csv'), '--spreadsheet', '--data', place]);
    assert.equal(read.status, 0, read.err);
    const sheet = readFileSync(join(place, 'sheet.csv'), 'utf8');
    assert.match(sheet, /,'@SUM\(A1\),/);
    assert.match(sheet, /,'\+South,/);
    assert.match(sheet, /"'=HYPERLINK/);
});

test('a dry run says what would happen and books nothing', (t) => {
    const place = folder(t);
    const source = join(place, 'repairs.csv');
    writeFileSync(source, [header, ...rows, ''].join('\n'));
    assert.equal(run(['import', 'ords', source, '--dry-run', '--data', place]).status, 0);
    assert.doesNotMatch(give(place, join(place, 'out.csv')), /test_1/);
});

test('a file that is not there is refused in words', (t) => {
    const place = folder(t);
    const { status, err } = run(['import', 'ords', join(place, 'gone.csv'), '--data', place]);
    assert.equal(status, 1);
    assert.doesNotMatch(err, /refusal\./);
});

test('records go in while the server runs, and its pages show them', async (t) => {
    const place = folder(t);
    const data = join(place, 'books');
    const source = join(place, 'repairs.csv');
    writeFileSync(source, [header, ...rows, ''].join('\n'));
    const server = await serve(t, data);
    take(data, source);
    assert.match(give(data, join(place, 'out.csv')), /test_1/);
    assert.equal(run(['verify', '--data', data]).status, 0);
    assert.equal((await fetch(server.url)).status, 200);
    assert.equal(await server.stop(), 0);
});

test('the demo is the same each time, its books are right, and it does not go into books in use', async (t) => {
    const place = folder(t);
    const words = (data) => ['demo', '--size', 'bench', '--movements', '100000', '--data', data];
    const [one, other] = [join(place, 'one'), join(place, 'other')];
    for (const data of [one, other]) {
        const made = run(words(data));
        assert.equal(made.status, 0, made.err);
    }
    const proof = (data) => run(['verify', '--data', data]);
    assert.equal(proof(one).status, 0, proof(one).err);
    assert.equal(run(words(one)).status, 1);

    const pages = [];
    for (const data of [one, other]) {
        const server = await serve(t, data);
        const home = await (await fetch(server.url)).text();
        pages.push(home);
        await server.stop();
    }
    assert.match(pages[0], /demo/i);
    assert.equal(pages[0].replaceAll(/nonce="[^"]*"/g, ''), pages[1].replaceAll(/nonce="[^"]*"/g, ''));
});
