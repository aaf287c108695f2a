// SPDX-License-Identifier: EUPL-1.2
// What the measurements of the whole program share: where it is, a running server, a connection.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const program = process.env.KRINGWERK_BENCH_PROGRAM ?? 'build/release/kringwerk';

const environment = { PATH: process.env.PATH, HOME: tmpdir(), LANG: 'en_GB.UTF-8' };

/** Runs one command to its end and gives the seconds it took and what it said. */
export function timed(words) {
    const begun = process.hrtime.bigint();
    const done = spawnSync(program, words, { env: environment, encoding: 'utf8', maxBuffer: 1 << 28 });
    if (done.status !== 0) throw new Error(`${words.join(' ')}: ${done.stderr}${done.stdout}`);
    return { seconds: Number(process.hrtime.bigint() - begun) / 1e9, out: done.stdout };
}

/** Gives a new folder to `work` and removes it afterwards. */
export async function inFolder(work) {
    const path = mkdtempSync(join(process.env.KRINGWERK_BENCH_FOLDER ?? tmpdir(), 'kringwerk-bench-'));
    try {
        return await work(path);
    } finally {
        rmSync(path, { recursive: true, force: true });
    }
}

/** Starts a server, gives { url, pid, took } to `work`, and ends it. */
export async function withServer(data, work) {
    const server = spawn(program, ['serve', '--data', data, '--port', '0'], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    const ended = new Promise((resolve) => server.on('exit', resolve));
    try {
        const url = await new Promise((resolve, reject) => {
            let out = '';
            server.stdout.on('data', (piece) => {
                out += piece;
                const found = /http:\/\/[\w.:[\]-]+:\d+/.exec(out);
                if (found) resolve(found[0]);
            });
            ended.then(() => reject(new Error(`the server ended before it listened: ${out}`)));
        });
        // The server's own milliseconds for GETs, as its log has them; a line may come a little late.
        let log = '';
        server.stderr.on('data', (piece) => (log += piece));
        const took = async (count) => {
            for (let tries = 0; tries < 50; ++tries) {
                const lines = log.split('\n').filter((line) => line.includes('"method":"GET"'));
                if (lines.length >= count) {
                    log = '';
                    return lines.slice(-count).map((line) => JSON.parse(line).took_us / 1000);
                }
                await new Promise((resolve) => setTimeout(resolve, 20));
            }
            throw new Error('the log of the server lacks requests');
        };
        return await work({ url, pid: server.pid, took });
    } finally {
        server.kill('SIGTERM');
        await ended;
    }
}

/** One connection that stays open: asks one thing after the other, as a browser would. */
export class Visitor {
    #agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

    constructor(url) {
        this.url = url;
    }

    /** The answer with the bytes as they came over the line, and the milliseconds it took. */
    ask(path, { method = 'GET', headers = {}, body } = {}) {
        return new Promise((resolve, reject) => {
            const begun = process.hrtime.bigint();
            const wanted = { agent: this.#agent, method, headers: { 'accept-encoding': 'br, gzip', ...headers } };
            const request = http.request(this.url + path, wanted, (answer) => {
                const pieces = [];
                answer.on('data', (piece) => pieces.push(piece));
                answer.on('end', () => {
                    const ms = Number(process.hrtime.bigint() - begun) / 1e6;
                    resolve({ status: answer.statusCode, headers: answer.headers, bytes: Buffer.concat(pieces), ms });
                });
            });
            request.on('error', reject);
            request.end(body);
        });
    }

    close() {
        this.#agent.destroy();
    }
}

export function quantile(values, share) {
    const sorted = [...values].sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}
export const median = (values) => quantile(values, 0.5);
