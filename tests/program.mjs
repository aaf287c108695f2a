// SPDX-License-Identifier: EUPL-1.2
// Starts the real program for the tests beside this file, and ends exactly what it started.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after } from 'node:test';
import { startCluster } from './postgres.mjs';

export const program = process.env.KRINGWERK_TEST_PROGRAM;
if (!program) throw new Error('KRINGWERK_TEST_PROGRAM says which program to test; ./test program sets it');

// On PostgreSQL each folder has a database of its own, in a server that ends with this process.
const cluster = process.env.KRINGWERK_TEST_ENGINE === 'postgres' ? await startCluster(['fsync=off']) : undefined;
if (cluster) after(() => cluster.remove());
const databases = new Map();

/** Where the books of a command are, when that is not its folder. */
function booksOf(words) {
    const at = words.indexOf('--data');
    if (!cluster || at < 0) return {};
    const data = resolve(words[at + 1]);
    if (!databases.has(data)) databases.set(data, cluster.create());
    return { KRINGWERK_DATABASE: databases.get(data) };
}

/** English unless a test asks otherwise, and nothing of the settings of whoever runs the tests. */
export function environment(extra = {}) {
    return { PATH: process.env.PATH, HOME: tmpdir(), LANG: 'en_GB.UTF-8', ...extra };
}

/** Runs one command to its end: { status, out, err }. */
export function run(words, { env, input } = {}) {
    const done = spawnSync(program, words, { env: environment({ ...booksOf(words), ...env }), input, encoding: 'utf8', maxBuffer: 1 << 28, timeout: 120_000 });
    return { status: done.status, out: done.stdout, err: done.stderr };
}

/** A folder that is gone when the test ends. */
export function folder(t) {
    const path = mkdtempSync(join(tmpdir(), 'kringwerk-program-'));
    t.after(() => rmSync(path, { recursive: true, force: true }));
    return path;
}

/** A running server on a free port, without HTTPS unless it is `secure`, ended with the test: { url, pid, greeting, log(), stop() }. */
export async function serve(t, data, words = [], { secure = words.includes('--secure-port'), env = {} } = {}) {
    const off = secure ? [] : ['--secure-port', '0'];
    const all = ['serve', '--data', data, '--port', '0', ...off, ...words];
    const server = spawn(program, all, { env: environment({ ...booksOf(all), ...env }), stdio: ['ignore', 'pipe', 'pipe'] });
    const ended = new Promise((done) => server.on('exit', (code, signal) => done(signal ?? code)));
    let out = '';
    let err = '';
    server.stderr.on('data', (piece) => (err += piece));
    const stop = async () => {
        server.kill('SIGTERM');
        return ended;
    };
    t.after(stop);
    const url = await new Promise((found_it, reject) => {
        server.stdout.on('data', (piece) => {
            out += piece;
            const found = /https?:\/\/[\w.:[\]-]+:\d+/.exec(out);
            if (found) found_it(found[0]);
        });
        ended.then((how) => reject(new Error(`the server ended (${how}) before it listened:\n${out}${err}`)));
    });
    return { url, pid: server.pid, greeting: () => out, log: () => err, stop };
}
