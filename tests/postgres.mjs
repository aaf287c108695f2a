// SPDX-License-Identifier: EUPL-1.2
// A PostgreSQL of the tests' own: Debian's server on a socket in a scratch folder, ended with this process.
import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const programs = [15, 16, 17, 18].map((version) => `/usr/lib/postgresql/${version}/bin`).findLast((path) => existsSync(join(path, 'initdb')));

/** Why there is none; false: there is. */
export const noPostgres = programs ? false : "PostgreSQL's server is not installed";

const isRoot = process.getuid() === 0;
// The server refuses to run as root; Debian's account does it then. It ends with this process, however that ends.
const asOwner = ['--pdeathsig', 'QUIT', ...(isRoot ? ['--reuid=postgres', '--regid=postgres', '--clear-groups'] : [])];
const ids = (flag) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));

/** A server with its own data: { url(name), sql(words, name), create(), start(), stop(signal), folder }. */
export async function startCluster(options = []) {
    const folder = mkdtempSync(join(tmpdir(), 'kw-postgres-'));
    if (isRoot) chownSync(folder, ids('-u'), ids('-g'));
    const data = join(folder, 'data');
    execFileSync('setpriv', [...asOwner, join(programs, 'initdb'), '-D', data, '-A', 'trust', '-U', 'kringwerk', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'], { stdio: 'ignore' });
    const cluster = startOn(folder, data, options);
    await cluster.start();
    return cluster;
}

/** A server on data that are there already, such as a standby's. */
export function startOn(folder, data, options = []) {
    let server;
    let count = 0;
    const client = (name, words) => execFileSync(join(programs, 'psql'), ['-X', '-q', '-At', '-v', 'ON_ERROR_STOP=1', '-h', folder, '-U', 'kringwerk', '-d', name, ...words], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    const cluster = {
        folder,
        data,
        programs,
        url: (name) => `postgresql:///${name}?user=kringwerk&host=${folder}`,
        sql: (words, name = 'postgres') => client(name, ['-c', words]),
        /** A new and empty database: its address. */
        create() {
            const name = `fresh${++count}`;
            cluster.sql(`CREATE DATABASE ${name}`);
            return cluster.url(name);
        },
        async start() {
            server = spawn('setpriv', [...asOwner, join(programs, 'postgres'), '-D', data, '-k', folder, '-c', 'listen_addresses=', '-c', 'max_connections=200', ...options.flatMap((one) => ['-c', one])], { stdio: 'ignore' });
            for (let i = 0; i < 600; i++) {
                try {
                    cluster.sql('SELECT 1');
                    return;
                } catch {
                    await new Promise((resolve) => setTimeout(resolve, 50));
                }
            }
            throw new Error('PostgreSQL did not start');
        },
        /** SIGTERM waits for sessions, SIGINT ends them, SIGQUIT lets all fall. */
        async stop(signal = 'SIGQUIT') {
            if (!server || server.exitCode !== null || server.signalCode !== null) return;
            const ended = new Promise((resolve) => server.on('exit', resolve));
            server.kill(signal);
            await ended;
        },
        async remove() {
            await cluster.stop();
            rmSync(folder, { recursive: true, force: true });
        },
        pid: () => server.pid,
        /** Runs one of PostgreSQL's own programs as who owns the data. */
        run: (name, words) => execFileSync('setpriv', [...asOwner, join(programs, name), ...words], { stdio: 'ignore' }),
    };
    return cluster;
}
