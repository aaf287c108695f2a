// SPDX-License-Identifier: EUPL-1.2
// Several servers before one database are one: who signs in at one is known at the others, a tablet too, and each job
// runs once.
import assert from 'node:assert/strict';
import { chownSync, existsSync, mkdtempSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { noPostgres, startCluster, startOn } from './postgres.mjs';
import { folder, run, serve } from './program.mjs';
import { becomeFirst, Visitor } from './visitor.mjs';

/** Three servers on a new database, each with a folder of its own. */
async function three(t, words = []) {
    const cluster = await startCluster(['fsync=off']);
    t.after(() => cluster.remove());
    const env = { KRINGWERK_DATABASE: cluster.create() };
    const servers = [];
    for (let i = 0; i < 3; i++) servers.push(await serve(t, folder(t), words, { env }));
    return { servers, env, cluster };
}

/** The same person, whose browser is led to another server. */
function at(server, visitor) {
    const moved = new Visitor(server.url);
    moved.cookies = visitor.cookies;
    return moved;
}

test('who signs in at one of three servers is known at the others, until they sign out anywhere', { skip: noPostgres }, async (t) => {
    const { servers, env } = await three(t);
    const [first, second, third] = servers;
    const visitor = new Visitor(third.url); // the last one to start gave the link that counts
    const inside = await becomeFirst(third, visitor);
    await visitor.fill(inside, '/begin/centrum', { name: 'Werkplaats Noord', postcode: '4021 CC', municipality: 'Buren', place: 'Maurik' });

    const there = at(first, visitor);
    const desk = await there.send('/centra/werkplaats-noord/balie');
    assert.equal(desk.path, '/centra/werkplaats-noord/balie');
    const booked = await there.fill(desk, `${desk.path}/wegen`, { stream: 'furniture', kg: '137' });
    assert.equal(booked.status, 200);
    const seen = await at(second, visitor).send('/centra/werkplaats-noord/balie');
    assert.match(seen.text, /137/);

    const out = await at(second, visitor).send('/afmelden', { method: 'POST', body: new URLSearchParams(), headers: { origin: second.url } });
    assert.equal(out.status, 200);
    for (const server of servers) {
        const left = await at(server, visitor).send('/centra/werkplaats-noord/balie');
        assert.match(left.path, /^\/aanmelden/, 'the door is shut at each');
    }
    const proof = run(['verify', '--data', folder(t)], { env });
    assert.equal(proof.status, 0, proof.out);
});

test('a tablet that one of three servers let in is known at the others', { skip: noPostgres }, async (t) => {
    const { servers } = await three(t);
    const [first, second, third] = servers;
    const visitor = new Visitor(third.url);
    const inside = await becomeFirst(third, visitor);
    await visitor.fill(inside, '/begin/centrum', { name: 'Werkplaats Noord', postcode: '4021 CC', municipality: 'Buren', place: 'Maurik' });
    const page = await visitor.send('/centra/werkplaats-noord/apparaten');
    const made = await visitor.send(page.path, { method: 'POST', body: new URLSearchParams({ what: 'pair', name: 'Poort' }), headers: { origin: third.url } });
    const code = /kwl_\w+/.exec(made.text)[0];
    const tablet = new Visitor(second.url);
    const asked = await tablet.send(`/apparaat?code=${code}`);
    await tablet.fill(asked, '/apparaat', {});
    for (const server of [first, second, third]) {
        const set = await at(server, tablet).send('/api/v1/counter-sets/own', { headers: { accept: 'application/json' } });
        assert.equal(set.status, 200, set.text);
    }
});

test('a backup that is due is made by one of three servers', { skip: noPostgres }, async (t) => {
    const backups = join(folder(t), 'backups');
    await three(t, ['--backup-folder', backups, '--backup-times', '00:00']);
    const made = () => (existsSync(backups) ? readdirSync(backups) : []);
    for (let tries = 0; tries < 200 && made().length === 0; tries++) await new Promise((resolve) => setTimeout(resolve, 50));
    await new Promise((resolve) => setTimeout(resolve, 2000));
    const { out } = run(['backup', 'list', '--from', backups]);
    assert.equal(out.trim().split('\n').filter((line) => /\d{8}-\d{6}/.test(line)).length, 1, out);
});

test('public pages come from a copy of the database, and from the books when there is none', { skip: noPostgres }, async (t) => {
    const primary = await startCluster(['fsync=off']);
    t.after(() => primary.remove());
    const place = mkdtempSync(join(tmpdir(), 'kw-standby-'));
    const { uid, gid } = statSync(primary.folder);
    chownSync(place, uid, gid);
    const url = primary.create();
    const name = /\/\/\/(\w+)/.exec(url)[1];
    const data = folder(t);
    const env = { KRINGWERK_DATABASE: url };
    const made = run(['demo', '--data', data], { env });
    assert.equal(made.status, 0, made.err);
    primary.run('pg_basebackup', ['-h', primary.folder, '-U', 'kringwerk', '-D', join(place, 'data'), '-R', '-X', 'stream', '--checkpoint=fast']);
    const standby = startOn(place, join(place, 'data'), ['fsync=off']);
    t.after(() => standby.remove());
    await standby.start();
    const server = await serve(t, data, ['--replica', standby.url(name)], { env });
    const asked = () => Number(standby.sql("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()", name));
    assert.equal(asked(), 0);
    assert.equal((await fetch(server.url)).status, 200);
    assert.ok(asked() > 0, 'the copy was asked');
    await standby.stop('SIGQUIT');
    for (let i = 0; i < 3; i++) assert.equal((await fetch(server.url)).status, 200, 'the books answer themselves');
});
