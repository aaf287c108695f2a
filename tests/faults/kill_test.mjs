// SPDX-License-Identifier: EUPL-1.2
// The server is killed while counters book: nothing that was answered is lost or doubled.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noPostgres, startCluster } from '../postgres.mjs';
import { folder, run, serve } from '../program.mjs';
import { Crowd, dice, prepare, seed } from './crowd.mjs';

const kills = Number(process.env.KRINGWERK_KILLS ?? 5);

/** Kills the server `kills` times, after another number of answers each time, and looks after each. */
async function killOften(t, data, env) {
    t.diagnostic(`KRINGWERK_SEED=${seed} KRINGWERK_KILLS=${kills}`);
    const roll = dice(seed);
    const crowd = new Crowd(prepare(data, env), seed);
    let server = await serve(t, data, [], { env });
    for (let round = 0; round < kills; round++) {
        crowd.urls = [server.url];
        const enough = crowd.answered() + 1 + roll(150);
        let gone = false;
        await crowd.book(8, () => {
            if (!gone && crowd.answered() >= enough) {
                gone = true;
                process.kill(server.pid, 'SIGKILL');
            }
            return gone;
        });
        assert.equal(await server.stop(), 'SIGKILL');
        server = await serve(t, data, [], { env });
        await crowd.check(server.url, data, env);
    }
}

test('a server on SQLite that is killed loses and doubles nothing that was answered', async (t) => killOften(t, folder(t), {}));

test('a server on PostgreSQL that is killed loses and doubles nothing that was answered', { skip: noPostgres }, async (t) => {
    const cluster = await startCluster();
    t.after(() => cluster.remove());
    await killOften(t, folder(t), { KRINGWERK_DATABASE: cluster.create() });
});

test('two servers never use one folder', async (t) => {
    const data = folder(t);
    await serve(t, data);
    const second = run(['serve', '--data', data, '--port', '0', '--secure-port', '0']);
    assert.equal(second.status, 1);
    assert.match(second.err, /Another program uses/);
});
