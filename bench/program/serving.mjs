// SPDX-License-Identifier: EUPL-1.2
// Start, memory, pages and sizes of `serve` on existing books, which should be a demo. The time of a
// page is the server's own, from its log: from the end of the request's head to the last byte written.
// What the client sees over loopback stands beside it; the client shares the cores.
//   node bench/program/serving.mjs FOLDER [ROUNDS] [REQUESTS]
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, program, quantile, timed, Visitor, withServer } from './program.mjs';

const [data, rounds = 5, requests = 1000] = process.argv.slice(2);
if (!data) throw new Error('serving.mjs FOLDER [ROUNDS] [REQUESTS]');

function line(what, measured, limit, unit) {
    const [ratio, shown] = [(measured / limit).toFixed(3), measured.toFixed(1)];
    console.log(`${what}: ${shown} ${unit}, ratio to the limit ${ratio} (limit: ${limit} ${unit})`);
}

/** Milliseconds from the start of the process to its first answer, and megabytes right after that. */
async function start() {
    const begun = process.hrtime.bigint();
    return withServer(data, async ({ url, pid }) => {
        const visitor = new Visitor(url);
        await visitor.ask('/');
        const ms = Number(process.hrtime.bigint() - begun) / 1e6;
        visitor.close();
        return { ms, mb: resident(pid) };
    });
}

function resident(pid) {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)[1]) / 1024;
}

function strippedSize() {
    const folder = mkdtempSync(join(tmpdir(), 'kringwerk-bench-'));
    try {
        execFileSync('strip', ['-o', join(folder, 'kringwerk'), program]);
        return statSync(join(folder, 'kringwerk')).size / 1e6;
    } finally {
        rmSync(folder, { recursive: true });
    }
}

/** The last days with figures of some centres: pages that somebody may open. */
async function dayPages(visitor) {
    const centres = [...(await visitor.ask('/centra', { headers: { 'accept-encoding': 'identity' } })).bytes.toString().matchAll(/href="(\/centra\/[a-z0-9-]+)"/g)].map((found) => found[1]);
    const pages = new Set();
    for (const centre of new Set(centres)) {
        for (let month = 1; month <= 10; ++month) {
            for (const day of [7, 14, 21]) pages.add(`${centre}/dagen/2026-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`);
        }
    }
    return [...pages];
}

async function measure(visitor, took, pages, before = async () => {}) {
    const times = [];
    for (let i = 0; i < requests; ++i) {
        await before(i);
        const answer = await visitor.ask(pages[i % pages.length]);
        if (answer.status !== 200) throw new Error(`${pages[i % pages.length]}: ${answer.status}`);
        times.push(answer.ms);
    }
    return { client: times, server: await took(Number(requests)) };
}

function report(what, { client, server }, limit) {
    const shown = (times) => `median ${median(times).toFixed(2)} ms, p90 ${quantile(times, 0.9).toFixed(2)} ms, p99 ${quantile(times, 0.99).toFixed(2)} ms`;
    console.log(`${what}, ${requests} requests: server ${shown(server)}; client ${shown(client)}`);
    line('  p99 of the server', quantile(server, 0.99), limit, 'ms');
}

/** Bytes over the line of the home and of all that it pulls in on a first visit. */
async function homeSize(visitor) {
    const home = await visitor.ask('/');
    const html = (await visitor.ask('/', { headers: { 'accept-encoding': 'identity' } })).bytes.toString();
    const pulled = new Set([...html.matchAll(/<(?:link rel="(?:stylesheet|preload|modulepreload)"|script type="module"|img)[^>]*?(?:href|src)="(\/[^"]+)"/g)].map((found) => found[1]));
    const sizes = new Map([['/', home.bytes.length]]);
    for (const path of pulled) {
        sizes.set(path, (await visitor.ask(path)).bytes.length);
        if (!path.endsWith('.css')) continue;
        // All faces, also those whose characters the page lacks: an upper bound.
        const css = (await visitor.ask(path, { headers: { 'accept-encoding': 'identity' } })).bytes.toString();
        for (const [, font] of css.matchAll(/url\(["']?(\/[^)"']+)/g)) sizes.set(font, (await visitor.ask(font)).bytes.length);
    }
    for (const [path, bytes] of sizes) console.log(`  ${String(bytes).padStart(7)} ${path}`);
    const sum = (isWanted) => [...sizes].filter(([path]) => isWanted(path)).reduce((total, [, bytes]) => total + bytes, 0) / 1000;
    return { bare: sum((path) => !path.endsWith('.woff2')), all: sum(() => true) };
}

/** Books a movement before each request, so that no figure can be one that was kept. */
function booker(visitor) {
    const said = timed(['admin', 'token', '--name', 'bench', '--everything', '--data', data]).out;
    const token = /kw_\w+/.exec(said)[0];
    return async (number) => {
        const id = `0${Date.now().toString(16)}`.slice(-12);
        const movement = {
            id: `${id.slice(0, 8)}-${id.slice(8)}-7000-8000-${String(process.pid % 10000).padStart(4, '0')}${String(number).padStart(8, '0')}`,
            kind: 'weigh-in', happened_at: new Date().toISOString(),
            transfers: [{ book: 'goods', from: 'donated', to: 'sorting', key: 'furniture', grams: 12500, basis: 'measured' }],
        };
        const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
        const answer = await visitor.ask('/api/v1/centres/1/movements', { method: 'POST', headers, body: JSON.stringify(movement) });
        if (answer.status !== 201) throw new Error(`booking: ${answer.status} ${answer.bytes}`);
    };
}

line('stripped program', strippedSize(), 25, 'MB');
await start(); // reads the files of the program and of the books once
const starts = [];
for (let round = 0; round < rounds; ++round) starts.push(await start());
line(`start to the first answered page, median of ${rounds}`, median(starts.map((one) => one.ms)), 200, 'ms');
line('resident after the start', median(starts.map((one) => one.mb)), 100, 'MB');
await withServer(data, async ({ url, pid, took }) => {
    const visitor = new Visitor(url);
    const days = await dayPages(visitor);
    report('public home', await measure(visitor, took, ['/']), 5);
    report(`day pages (${days.length} of them)`, await measure(visitor, took, days), 10);
    line(`resident after ${2 * requests} pages`, resident(pid), 100, 'MB');
    const book = booker(visitor);
    report('public home, a movement booked before each', await measure(visitor, took, ['/'], book), 5);
    report('day pages, a movement booked before each', await measure(visitor, took, days, book), 10);
    line('resident at the end', resident(pid), 100, 'MB');
    const size = await homeSize(visitor);
    line('public home without fonts', size.bare, 60, 'kB');
    line('public home with all fonts, first visit', size.all, 120, 'kB');
    visitor.close();
});
