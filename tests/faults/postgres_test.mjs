// SPDX-License-Identifier: EUPL-1.2
// The database falls, comes back, or hands over to another machine while counters book at several servers.
import assert from 'node:assert/strict';
import { chownSync, mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { noPostgres, startCluster, startOn } from '../postgres.mjs';
import { folder, serve } from '../program.mjs';
import { Crowd, dice, prepare, seed } from './crowd.mjs';

const falls = Number(process.env.KRINGWERK_KILLS ?? 3);

/** Counters book until `fault` is over and some more were answered. */
async function bookDuring(crowd, fault) {
    let until = Infinity;
    const booking = crowd.book(9, () => crowd.answered() >= until);
    const first = crowd.answered() + 40;
    while (crowd.answered() < first) await new Promise((resolve) => setTimeout(resolve, 5));
    await fault();
    until = crowd.answered() + 60;
    await booking;
}

test('three servers go on when the database was killed or stopped and is back', { skip: noPostgres }, async (t) => {
    t.diagnostic(`KRINGWERK_SEED=${seed} KRINGWERK_KILLS=${falls}`);
    const cluster = await startCluster();
    t.after(() => cluster.remove());
    const env = { KRINGWERK_DATABASE: cluster.create() };
    const data = folder(t);
    const crowd = new Crowd(prepare(data, env), seed);
    const servers = [];
    for (const place of [data, folder(t), folder(t)]) servers.push(await serve(t, place, [], { env }));
    crowd.urls = servers.map((server) => server.url);
    const roll = dice(seed);
    for (let round = 0; round < falls; round++) {
        await bookDuring(crowd, async () => {
            await cluster.stop(['SIGQUIT', 'SIGINT', 'SIGKILL'][roll(3)]);
            await cluster.start();
        });
        await crowd.check(servers[round % 3].url, data, env);
    }
});

test('when the database has no room, counters hear it, and go on when there is room again', { skip: noPostgres }, async (t) => {
    const cluster = await startCluster();
    t.after(() => cluster.remove());
    const env = { KRINGWERK_DATABASE: cluster.create() };
    const name = /\/\/\/(\w+)/.exec(env.KRINGWERK_DATABASE)[1];
    const data = folder(t);
    const crowd = new Crowd(prepare(data, env), seed);
    const server = await serve(t, data, [], { env });
    crowd.urls = [server.url];
    // As the database says it when a file cannot grow.
    cluster.sql("CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$", name);
    await bookDuring(crowd, async () => {
        cluster.sql('CREATE TRIGGER no_room BEFORE INSERT ON ledger_transfer FOR EACH ROW EXECUTE FUNCTION no_room()', name);
        const before = crowd.answered();
        await new Promise((resolve) => setTimeout(resolve, 300));
        assert.ok(crowd.answered() - before < 20, 'nothing is answered as written that is not');
        cluster.sql('DROP TRIGGER no_room ON ledger_transfer', name);
    });
    await crowd.check(server.url, data, env);
});

test('a standby takes over, and nothing that was answered is missing there', { skip: noPostgres }, async (t) => {
    t.diagnostic(`KRINGWERK_SEED=${seed}`);
    const primary = await startCluster();
    t.after(() => primary.remove());
    const place = mkdtempSync(join(tmpdir(), 'kw-standby-'));
    const { uid, gid } = statSync(primary.folder);
    chownSync(place, uid, gid);
    primary.run('pg_basebackup', ['-h', primary.folder, '-U', 'kringwerk', '-D', join(place, 'data'), '-R', '-X', 'stream', '--checkpoint=fast', '-d', 'application_name=standby']);
    const standby = startOn(place, join(place, 'data'));
    t.after(() => standby.remove());
    await standby.start();
    // A commit is answered when both have it.
    primary.sql("ALTER SYSTEM SET synchronous_standby_names = '*'");
    primary.sql('SELECT pg_reload_conf()');
    const created = primary.create();
    const name = /\/\/\/(\w+)/.exec(created)[1];
    const both = `postgresql:///${name}?user=kringwerk&host=${primary.folder},${standby.folder}&target_session_attrs=read-write&connect_timeout=5`;
    const env = { KRINGWERK_DATABASE: both };
    const data = folder(t);
    const crowd = new Crowd(prepare(data, env), seed);
    const servers = [await serve(t, data, [], { env }), await serve(t, folder(t), [], { env })];
    crowd.urls = servers.map((server) => server.url);
    await bookDuring(crowd, async () => {
        await primary.stop('SIGKILL'); // and never comes back
        standby.run('pg_ctl', ['promote', '-D', standby.data, '-w']);
    });
    await crowd.check(servers[1].url, data, env);
});
