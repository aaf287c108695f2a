// SPDX-License-Identifier: EUPL-1.2
// The doctor, beside a running server and without one.
import assert from 'node:assert/strict';
import { chmodSync, closeSync, existsSync, openSync, readdirSync, statSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { folder, run, serve } from './program.mjs';

const examine = (data, words = [], env = {}) => run(['doctor', '--data', data, ...words], { env });
const report = (out) => out.split('Paste it with a question for help:')[1] ?? '';

test('beside a running server all is well, and nothing is written', async (t) => {
    const data = folder(t);
    await serve(t, data);
    const before = readdirSync(data).sort();
    const { status, out, err } = examine(data);
    assert.equal(status, 0, out + err);
    for (const code of ['fine server_ready', 'fine schema_right', 'fine heads_right', 'fine sums_right', 'fine books_right', 'fine files_known', 'fine zone_right']) {
        assert.match(report(out), new RegExp(`^${code}$`, 'm'));
    }
    assert.doesNotMatch(out, /wrong|doctor\.[a-z]/);
    assert.deepEqual(readdirSync(data).sort(), before);
    assert.match(examine(data, [], { LANG: 'nl_NL.UTF-8' }).out, /De server draait en kan in de boeken/);
});

test('the report names no person, place, folder or machine, and a damaged file is found', (t) => {
    const data = folder(t);
    assert.equal(run(['demo', '--data', data, '--until', '2026-03-01']).status, 0);
    chmodSync(data, 0o755); // so that something is said of the folder
    const { out } = examine(data, ['--full']);
    const pasted = report(out);
    assert.match(pasted, /^centres 6$/m);
    assert.match(pasted, /^fine file_whole$/m);
    assert.ok(out.includes(data), 'what stands above is for the owner');
    for (const name of [data, hostname(), process.env.USER ?? 'nobody-at-all']) assert.ok(!pasted.split('\n').slice(4).join('\n').includes(name), name);
    for (const line of pasted.trim().split('\n').slice(3)) assert.match(line, /^[a-z_]+ [a-z0-9_]+( [a-z0-9_-]+)?$/);

    const file = join(data, 'kringwerk.sqlite');
    const handle = openSync(file, 'r+');
    assert.ok(statSync(file).size > 1_000_000);
    for (let at = 409_600; at < statSync(file).size; at += 40_960) writeSync(handle, Buffer.alloc(2048, 0xa5), 0, 2048, at);
    closeSync(handle);
    const damaged = examine(data);
    assert.equal(damaged.status, 1);
    assert.match(damaged.out, /^wrong {3}.*\n {8}\S/m);
});

test('what is safe is put right when asked, and not before', async (t) => {
    const data = folder(t);
    const server = await serve(t, data);
    assert.equal(await server.stop(), 0);
    closeSync(openSync(join(data, 'admin.sock'), 'w')); // as a server that was cut off leaves it
    assert.match(examine(data).out, /note {4}.*admin\.sock[\s\S]*--fix does this/);
    assert.ok(existsSync(join(data, 'admin.sock')));
    assert.match(examine(data, ['--fix']).out, /Put right: .*admin\.sock/);
    assert.ok(!existsSync(join(data, 'admin.sock')));
});

test('a folder without books is no reason to worry, and says what to look for', (t) => {
    const { status, out } = examine(join(folder(t), 'nothing-here'));
    assert.equal(status, 0);
    assert.match(out, /--data/);
});
