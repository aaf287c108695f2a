// SPDX-License-Identifier: EUPL-1.2
// A backup of large books while somebody books: node bench/program/backup.mjs FOLDER [ROUNDS]
// FOLDER holds books as demo.mjs makes them; a copy of it is booked in. Each round books for some seconds
// alone, then beside a full backup, and compares.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cpSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inFolder, program, timed, withServer } from './program.mjs';

const [books, rounds = '3'] = process.argv.slice(2);
const connections = 16;
const alone_s = 4;

/** Posts one car at a time on each of some connections, until it is told to stop; gives cars a second. */
function booking(url, token) {
    const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
    const begun = process.hrtime.bigint();
    let going = true;
    let booked = 0;
    const post = () =>
        new Promise((resolve, reject) => {
            const body = JSON.stringify({ id: randomUUID(), kind: 'weigh-in', happened_at: new Date().toISOString(), transfers: [{ book: 'goods', from: 'donated', to: 'sorting', key: 'furniture', grams: 12000, basis: 'measured' }] });
            const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
            const request = http.request(`${url}/api/v1/centres/1/movements`, { method: 'POST', agent, headers }, (answer) => {
                answer.resume();
                answer.on('end', () => (answer.statusCode < 300 ? resolve() : reject(new Error(`status ${answer.statusCode}`))));
            });
            request.on('error', reject);
            request.end(body);
        });
    const one = async () => {
        for (; going; booked += 1) await post();
    };
    const all = Promise.all(Array.from({ length: connections }, one));
    return async () => {
        going = false;
        const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
        await all;
        agent.destroy();
        return booked / seconds;
    };
}

/** Runs a command while this process goes on; gives the seconds it took. */
function beside(words) {
    const begun = process.hrtime.bigint();
    const child = spawn(program, words, { env: { PATH: process.env.PATH, HOME: tmpdir(), LANG: 'en_GB.UTF-8' }, stdio: ['ignore', 'ignore', 'inherit'] });
    return new Promise((resolve, reject) => child.on('exit', (status) => (status === 0 ? resolve(Number(process.hrtime.bigint() - begun) / 1e9) : reject(new Error(`status ${status}`)))));
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

await inFolder(async (place) => {
    const data = join(place, 'books');
    cpSync(books, data, { recursive: true });
    const [full, later, ratios] = [[], [], []];
    await withServer(data, async ({ url }) => {
        const token = /kw_\w+/.exec(timed(['admin', 'token', '--name', 'bench', '--everything', '--data', data]).out)[0];
        for (let round = 0; round < Number(rounds); round += 1) {
            const backups = join(place, `backups-${round}`);
            const stopAlone = booking(url, token);
            await new Promise((resolve) => setTimeout(resolve, alone_s * 1000));
            const alone = await stopAlone();
            const stop = booking(url, token);
            full.push(await beside(['backup', '--data', data, '--to', backups]));
            const meanwhile = await stop();
            ratios.push(meanwhile / alone);
            later.push(timed(['backup', '--data', data, '--to', backups]).seconds);
            console.log(`  ${full.at(-1).toFixed(2)} s; ${meanwhile.toFixed(0)}/s beside it, ${alone.toFixed(0)}/s alone; ${later.at(-1).toFixed(2)} s for the next one`);
        }
    });
    console.log(`a first backup while somebody books: ${median(full).toFixed(2)} s, ratio to 5 s ${(median(full) / 5).toFixed(2)}`);
    console.log(`bookings beside it: ${median(ratios).toFixed(2)} of those alone, ratio to 0.5 ${(median(ratios) / 0.5).toFixed(2)}`);
    console.log(`the next backup: ${median(later).toFixed(2)} s`);
});
