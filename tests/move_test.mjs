// SPDX-License-Identifier: EUPL-1.2
// All books from SQLite to PostgreSQL and back, also when that is broken off.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { noPostgres, startCluster } from './postgres.mjs';
import { environment, folder, program, run, serve } from './program.mjs';

let cluster;
before(async () => {
    if (!noPostgres) cluster = await startCluster(['fsync=off']);
});
after(() => cluster?.remove());

const move = (from, to) => run(['move', '--from', from, '--to', to]);
const verify = (data, database) => run(['verify', '--data', data], { env: database ? { KRINGWERK_DATABASE: database } : {} });

/** The example network, small, with repairs too: its folder. */
function example(t) {
    const data = folder(t);
    const made = run(['demo', '--size', 'bench', '--movements', '100000', '--data', data]);
    assert.equal(made.status, 0, made.err);
    return data;
}

/** Everything of the books that can be read as one file. */
function exported(t, data, database) {
    const file = join(folder(t), 'all.csv');
    const given = run(['export', 'ords', file, '--data', data], { env: database ? { KRINGWERK_DATABASE: database } : {} });
    assert.equal(given.status, 0, given.err);
    return readFileSync(file, 'utf8');
}

test('books go to PostgreSQL and back, and stay the same', { skip: noPostgres }, (t) => {
    const old = example(t);
    const [there, back] = [folder(t), folder(t)];
    const url = cluster.create();
    const gone = move(`sqlite:${old}`, url);
    assert.equal(gone.status, 0, gone.err);
    assert.match(gone.out, /Every row was compared/);
    const proof = verify(old);
    assert.equal(proof.status, 0, proof.out);
    assert.deepEqual(verify(there, url), proof);
    const came = move(url, `sqlite:${back}`);
    assert.equal(came.status, 0, came.err);
    assert.deepEqual(verify(back), proof);
    const words = exported(t, old);
    assert.equal(exported(t, there, url), words);
    assert.equal(exported(t, back), words);
});

test('a move that was killed goes on where it was, and nobody uses what is not whole', { skip: noPostgres }, async (t) => {
    const old = example(t);
    const url = cluster.create();
    const mover = spawn(program, ['move', '--from', `sqlite:${old}`, '--to', url], { env: environment(), stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = new Promise((resolve) => mover.on('exit', (code, signal) => resolve(signal ?? code)));
    let said = '';
    mover.stdout.on('data', (piece) => {
        said += piece;
        if (said.includes('ledger_movement')) mover.kill('SIGKILL');
    });
    assert.equal(await ended, 'SIGKILL');
    const early = verify(folder(t), url);
    assert.equal(early.status, 1);
    assert.match(early.err, /not full yet/);
    const again = move(`sqlite:${old}`, url);
    assert.equal(again.status, 0, again.err);
    assert.deepEqual(verify(folder(t), url), verify(old));
});

test('what was booked on the way is noticed, not lost', { skip: noPostgres }, async (t) => {
    const old = example(t);
    const url = cluster.create();
    const name = /\/\/\/(\w+)/.exec(url)[1];
    assert.equal(move(`sqlite:${old}`, url).status, 0);
    // As a move that was broken off leaves it, and somebody changed a row.
    cluster.sql("INSERT INTO schema_version VALUES (-1, 'moving', 0); UPDATE ledger_balance SET grams = grams + 1 WHERE ctid = (SELECT min(ctid) FROM ledger_balance)", name);
    const again = move(`sqlite:${old}`, url);
    assert.equal(again.status, 1);
    assert.match(again.err, /ledger_balance/);
});

test('a move refuses what would lose something', { skip: noPostgres }, async (t) => {
    const old = example(t);
    const url = cluster.create();
    assert.equal(move(`sqlite:${old}`, url).status, 0);
    const twice = move(`sqlite:${old}`, url);
    assert.equal(twice.status, 1);
    assert.match(twice.err, /overwrites nothing/);
    const nowhere = move('somewhere', url);
    assert.equal(nowhere.status, 1);
    assert.match(nowhere.err, /sqlite:FOLDER/);
    assert.match(move(`sqlite:${folder(t)}`, cluster.create()).err, /no database/);
    await serve(t, old);
    assert.match(move(`sqlite:${old}`, cluster.create()).err, /Another program/);
});
