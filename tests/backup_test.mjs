// SPDX-License-Identifier: EUPL-1.2
// Backups from beginning to end: made while others book, checked, and put back with nothing but the program.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { mailSink } from './mail_sink.mjs';
import { noPostgres, startCluster } from './postgres.mjs';
import { folder, run, serve } from './program.mjs';

/** Runs a command that must go well; gives what it said. */
function done(words) {
    const { status, out, err } = run(words);
    assert.equal(status, 0, `${words.join(' ')}: ${err}${out}`);
    return out;
}

/** Runs a command that must be refused, in words; gives them. */
function refused(words) {
    const { status, out, err } = run(words);
    assert.equal(status, 1, `${words.join(' ')}: ${err}${out}`);
    assert.doesNotMatch(err, /refusal\.|\{\w+\}/);
    return err;
}

/** The same, while this process goes on. */
function meanwhile(words) {
    const child = spawn(process.env.KRINGWERK_TEST_PROGRAM, words, { env: { PATH: process.env.PATH, HOME: tmpdir(), LANG: 'en_GB.UTF-8' }, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => (said += piece));
    return new Promise((resolve) => child.on('exit', (status) => resolve({ status, said })));
}

const shared = mkdtempSync(join(tmpdir(), 'kringwerk-backup-'));
after(() => rmSync(shared, { recursive: true, force: true }));

/** The books of the example network, made once, in `data`. */
function demo(data) {
    const once = join(shared, 'demo');
    if (!existsSync(once)) done(['demo', '--size', 'bench', '--movements', '100000', '--data', once]);
    cpSync(once, data, { recursive: true });
}

const header = 'id,data_provider,country,partner_product_category,product_category,product_category_id,brand,year_of_manufacture,product_age,repair_status,repair_barrier_if_end_of_life,group_identifier,event_date,problem';

/** Small books: repairs number `first` to `last`, in `data`. */
function repairs(data, first, last) {
    const source = join(shared, 'repairs.csv');
    const rows = Array.from({ length: last - first + 1 }, (_, i) => `x_${first + i},Repair Test,NLD,Lamp,Lamp,15,Unknown,,,Fixed,,North,2020-03-14,Dark`);
    writeFileSync(source, [header, ...rows, ''].join('\n'));
    done(['import', 'ords', source, '--data', data]);
}

/** Books one car after the other until it is told to stop; gives how many were taken. */
function booking(url, token) {
    let going = true;
    const all = (async () => {
        let booked = 0;
        for (; going; booked += 1) {
            const body = JSON.stringify({ id: randomUUID(), kind: 'weigh-in', happened_at: new Date().toISOString(), transfers: [{ book: 'goods', from: 'donated', to: 'sorting', key: 'furniture', grams: 12000 + booked, basis: 'measured' }] });
            const answer = await fetch(`${url}/api/v1/centres/1/movements`, { method: 'POST', body, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' } });
            assert.ok(answer.status === 200 || answer.status === 201, `${answer.status} ${await answer.text()}`);
        }
        return booked;
    })();
    return async () => {
        going = false;
        return all;
    };
}

const ids = (backups) => readdirSync(backups).filter((name) => name.endsWith('.snapshot')).sort().map((name) => name.replace('.snapshot', ''));
const size = (path) => readdirSync(path).reduce((sum, name) => sum + statSync(join(path, name)).size, 0);
const movements = (data) => Number(/([\d,]+) movements/.exec(done(['verify', '--data', data]))[1].replaceAll(',', ''));

/** Changes one bit of a file. */
function flip(file, place) {
    const bytes = readFileSync(file);
    bytes[place] ^= 1;
    writeFileSync(file, bytes);
}

test('a backup that is made while somebody books is whole, and holds what was booked before it', async (t) => {
    const place = folder(t);
    const [data, backups] = [join(place, 'books'), join(place, 'backups')];
    demo(data);
    const server = await serve(t, data);
    const token = /kw_\w+/.exec(done(['admin', 'token', '--name', 'gate', '--everything', '--data', data]))[0];
    const stop = booking(server.url, token);
    const made = [];
    for (let i = 0; i < 3; i += 1) {
        const before = movements(data);
        const one = await meanwhile(['backup', '--data', data, '--to', backups]);
        assert.equal(one.status, 0, one.said);
        made.push(before);
    }
    const booked = await stop();
    assert.ok(booked > 0, 'somebody booked meanwhile');
    await server.stop();
    ids(backups).forEach((id, index) => {
        const proof = done(['backup', 'verify', '--from', backups, '--at', id, '--data', data]);
        const held = Number(/([\d,]+) movements/.exec(proof)[1].replaceAll(',', ''));
        assert.ok(held >= made[index] && held <= movements(data), `${made[index]} ${proof}`);
    });
});

test('on another machine the program and the folder with backups are all that is needed', (t) => {
    const place = folder(t);
    const [data, backups, there] = ['books', 'backups', 'there'].map((name) => join(place, name));
    demo(data);
    writeFileSync(join(data, 'kringwerk.toml'), 'network_name = "Rivierenland"\n');
    done(['backup', '--data', data, '--to', backups]);
    const before = movements(data);
    // The machine is gone; the folder stands elsewhere.
    renameSync(data, join(place, 'lost'));
    mkdirSync(join(place, 'carried'));
    renameSync(backups, join(place, 'carried', 'copy'));
    const rehearsed = done(['restore', '--from', join(place, 'carried', 'copy'), '--to', there, '--dry-run']);
    assert.match(rehearsed, /Nothing was written/);
    assert.ok(!existsSync(there));
    done(['restore', '--from', join(place, 'carried', 'copy'), '--to', there]);
    assert.equal(movements(there), before);
    const same = (name) => readFileSync(join(place, 'lost', name)).equals(readFileSync(join(there, name)));
    assert.ok(same('kringwerk.toml'));
    assert.equal(done(['export', 'ords', join(place, 'a.csv'), '--data', there]), done(['export', 'ords', join(place, 'b.csv'), '--data', join(place, 'lost')]).replace('b.csv', 'a.csv'));
    assert.ok(readFileSync(join(place, 'a.csv')).equals(readFileSync(join(place, 'b.csv'))));
    assert.match(refused(['restore', '--from', join(place, 'carried', 'copy'), '--to', there]), /not empty/);
    assert.deepEqual(readdirSync(there).filter((name) => name.includes('restoring')), []);
});

test('a second backup writes little, a full one everything, and old ones go by the rules', async (t) => {
    const place = folder(t);
    const [data, backups] = [join(place, 'books'), join(place, 'backups')];
    demo(data);
    done(['backup', '--data', data, '--to', backups]);
    const first = size(backups);
    repairs(data, 1, 1);
    done(['backup', '--data', data, '--to', backups]);
    assert.ok(size(backups) < first * 1.25, `${first} and then ${size(backups)}`);
    // A full one takes the place of what was written before.
    const [written] = /[\d.]+(?= MB was newly)/.exec(done(['backup', '--full', '--data', data, '--to', backups]).replaceAll('\u00a0', ' '));
    assert.ok(Number(written) * 1e6 > first * 0.9, `${first} and a full one ${written}`);
    assert.ok(size(backups) < first * 1.25);
    assert.ok(!existsSync(join(backups, `${ids(backups)[0]}.pieces`)));
    assert.equal(ids(backups).length, 3);
    writeFileSync(join(data, 'kringwerk.toml'), 'backup_keep_last = 2\nbackup_keep_days = 1\nbackup_keep_weeks = 1\nbackup_keep_months = 1\n');
    const said = done(['backup', '--data', data, '--to', backups]);
    assert.match(said, /Old backups dropped: 2/);
    assert.equal(ids(backups).length, 2);
    assert.ok(size(backups) < first * 1.25, 'what no backup needs is gone');
    assert.equal(done(['backup', 'list', '--from', backups]).trim().split('\n').length, 2);
    for (const id of ids(backups)) done(['backup', 'verify', '--from', backups, '--at', id, '--data', data]);
});

test('a changed byte and a piece that was cut off are named, and nothing is put back', (t) => {
    const place = folder(t);
    const [data, backups, there] = ['books', 'backups', 'there'].map((name) => join(place, name));
    repairs(data, 1, 400);
    done(['backup', '--data', data, '--to', backups]);
    const pieces = join(backups, `${ids(backups)[0]}.pieces`);
    const whole = statSync(pieces).size;
    flip(pieces, Math.floor(whole / 2));
    const names = new RegExp(`${ids(backups)[0]}\\.pieces`);
    assert.match(refused(['backup', 'verify', '--from', backups, '--data', data]), names);
    assert.match(refused(['restore', '--from', backups, '--to', there]), names);
    assert.ok(!existsSync(there));
    flip(pieces, Math.floor(whole / 2));
    done(['backup', 'verify', '--from', backups, '--data', data]);
    truncateSync(pieces, whole - 1);
    const cut = refused(['backup', 'verify', '--from', backups, '--data', data]);
    assert.match(cut, names);
    assert.match(cut, /ends too soon/);
});

test('an encrypted backup opens with its key and with no other', (t) => {
    const place = folder(t);
    const [data, backups, there, key, other] = ['books', 'backups', 'there', 'key', 'other'].map((name) => join(place, name));
    repairs(data, 1, 400);
    done(['backup', 'key', key]);
    done(['backup', 'key', other]);
    assert.match(refused(['backup', 'key', key]), /never replaced/);
    writeFileSync(join(data, 'kringwerk.toml'), `backup_folder = "${backups}"\nbackup_key = "${key}"\n`);
    done(['backup', '--data', data]);
    for (const name of readdirSync(backups)) assert.ok(name === 'README.txt' || !readFileSync(join(backups, name)).includes('ledger_'), name);
    assert.match(refused(['restore', '--from', backups, '--to', there]), /encrypted/);
    assert.match(refused(['restore', '--from', backups, '--to', there, '--key', other]), /another key/);
    const before = movements(data);
    done(['restore', '--from', backups, '--to', there, '--key', key]);
    assert.equal(movements(there), before);
    done(['backup', 'verify', '--data', data]);
    assert.match(refused(['backup', '--data', data, '--to', place]), /key .* lies in the folder|books lie in/);
});

test('a server makes its backups by itself; when that fails its administrator sees it on every page and gets a letter', async (t) => {
    const place = folder(t);
    const [data, backups] = [join(place, 'books'), join(place, 'backups')];
    const sink = await mailSink(t);
    mkdirSync(data);
    writeFileSync(backups, 'a file where the folder should be');
    writeFileSync(join(data, 'kringwerk.toml'), `backup_folder = "${backups}"\nsmtp_url = "${sink.url}"\nmail_from = "kringwerk@voorbeeld.nl"\n`);
    const made = done(['admin', 'create', '--name', 'Mara', '--email', 'mara@voorbeeld.nl', '--data', data]);
    const first = await serve(t, data);
    const body = new URLSearchParams({ code: /kwl_\w+/.exec(made)[0], password: 'drie natte paarden' });
    const welcome = await fetch(`${first.url}/welkom`, { method: 'POST', body, headers: { origin: first.url }, redirect: 'manual' });
    const cookie = /kw_session=[^;]+/.exec(welcome.headers.get('set-cookie'))[0];
    const page = async (server, path) => (await fetch(server.url + path, { headers: { cookie, 'accept-language': 'en' } })).text();

    const [letter] = await sink.arrived(1);
    assert.match(letter, /^To: <mara@voorbeeld\.nl>$/m);
    assert.match(letter, /^Subject: Kringwerk: the backup failed$/m);
    assert.ok(letter.replaceAll('=\n', '').includes(backups), 'it names the folder');
    assert.match(await page(first, '/back-ups'), /failed/);
    assert.match(await page(first, '/mensen'), /warning-bar[\s\S]*The backup failed/);
    const stranger = await (await fetch(first.url)).text();
    assert.doesNotMatch(stranger, /warning-bar/);
    await first.stop();
    assert.equal(sink.letters.length, 1, 'one letter, not one each time that somebody looks');

    // The disk is there again. The run that failed is not due for an hour, one by hand is good too.
    renameSync(backups, join(place, 'gone'));
    await new Promise((resolve) => setTimeout(resolve, 1100)); // the name of a backup tells whole seconds
    done(['backup', '--data', data]);
    const second = await serve(t, data);
    let now = await page(second, '/back-ups');
    for (let tries = 0; tries < 100 && !now.includes(ids(backups)[0]); tries += 1) {
        await new Promise((resolve) => setTimeout(resolve, 50)); // it looks into the folder when it has started
        now = await page(second, '/back-ups');
    }
    assert.match(now, /fine/);
    assert.ok(now.includes(ids(backups)[0]), 'the page lists it');
    assert.doesNotMatch(await page(second, '/mensen'), /warning-bar/);
    await second.stop();
});

test('the first start with a folder for backups makes one at once, and the next start none', async (t) => {
    const place = folder(t);
    const [data, backups] = [join(place, 'books'), join(place, 'backups')];
    for (let i = 0; i < 2; i += 1) {
        const server = await serve(t, data, ['--backup-folder', backups, '--backup-times', '00:00']);
        for (let tries = 0; tries < 200 && !(existsSync(backups) && ids(backups).length > 0); tries += 1) await new Promise((resolve) => setTimeout(resolve, 50));
        assert.equal(await server.stop(), 0);
        assert.equal(ids(backups).length, 1, server.log());
    }
    done(['restore', '--from', backups, '--to', join(place, 'there')]);
    const wrong = run(['serve', '--data', data, '--port', '0', '--backup-times', 'night']);
    assert.equal(wrong.status, 1);
    assert.match(wrong.err, /02:30/);
});

test('migrate says what it would do and does it only when asked', (t) => {
    const data = join(folder(t), 'books');
    const planned = done(['migrate', '--plan', '--data', data]);
    assert.match(planned, /ledger/);
    assert.match(planned, /Nothing was changed/);
    assert.ok(!existsSync(join(data, 'kringwerk.sqlite')));
    done(['migrate', '--data', data]);
    assert.match(done(['migrate', '--plan', '--data', data]), /up to date/);
});

test('books in PostgreSQL are kept and come back into an empty database, and into no other', { skip: noPostgres }, async (t) => {
    const place = folder(t);
    const [data, backups, there] = ['books', 'backups', 'there'].map((name) => join(place, name));
    const postgres = await startCluster(['fsync=off']);
    t.after(() => postgres.remove());
    for (const name of ['first', 'second', 'third']) postgres.sql(`CREATE DATABASE ${name}`, 'postgres');
    mkdirSync(data);
    writeFileSync(join(data, 'kringwerk.toml'), `database = "${postgres.url('first')}"\n`);
    repairs(data, 1, 400);
    const heads = (database) => postgres.sql('SELECT centre, sequence, hash FROM ledger_head ORDER BY centre', database);
    done(['backup', '--data', data, '--to', backups]);
    const from = ['--from', backups];
    assert.match(done(['backup', 'verify', '--data', data, ...from]), /was not checked|were not checked/);
    assert.match(done(['backup', 'verify', '--data', data, ...from, '--aside', postgres.url('third')]), /all of it is right/);
    assert.match(refused(['restore', ...from, '--to', there]), /empty database/);
    assert.match(refused(['restore', ...from, '--to', there, '--database', postgres.url('first')]), /not empty/);
    done(['restore', ...from, '--to', there, '--database', postgres.url('second')]);
    assert.equal(heads('second'), heads('first'));
    assert.deepEqual(readdirSync(there), ['kringwerk.toml']);
    writeFileSync(join(there, 'kringwerk.toml'), `database = "${postgres.url('second')}"\n`);
    assert.equal(movements(there), movements(data));
});
