// SPDX-License-Identifier: EUPL-1.2
// What is secret stays so: nothing of it in the log of a whole run, and in the books only what cannot be
// turned back.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { folder, run, serve } from './program.mjs';

const password = 'drie natte paarden';
const next_password = 'vijf droge paarden';
const mistyped = 'drie natte paardem';
const pin = '8350';

/** A browser that keeps its cookies and remembers each that it was ever given. */
class Browser {
    constructor(url) {
        this.url = url;
        this.cookies = new Map();
        this.given = [];
    }

    async send(path, fields, headers = {}) {
        const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
        const options = fields ? { method: 'POST', body: new URLSearchParams(fields) } : {};
        const answer = await fetch(new URL(path, this.url), { redirect: 'manual', headers: { origin: this.url, cookie, ...headers }, ...options });
        for (const line of (answer.headers.get('set-cookie') ?? '').split(/, (?=\w+=)/)) {
            const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
            if (!value) continue;
            this.cookies.set(name, value);
            if (name.startsWith('kw_')) this.given.push(value);
        }
        return { status: answer.status, text: await answer.text() };
    }
}

/** The six digits of a second step (RFC 6238). */
function code_of(secret, moment = Date.now()) {
    const bits = [...secret].map((sign) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0')).join('');
    const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
    const step = Buffer.alloc(8);
    step.writeBigUInt64BE(BigInt(Math.floor(moment / 30_000)));
    const made = createHmac('sha1', key).update(step).digest();
    return String((made.readUInt32BE(made[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** Everything that has a secret in it, once: what was secret, by name. */
async function use_all_secrets(server, data) {
    const first_link = /\/welkom\?code=(kwl_\w+)/.exec(server.greeting())[1];
    const mara = new Browser(server.url);
    await mara.send(`/welkom?code=${first_link}`);
    assert.equal((await mara.send('/welkom', { code: first_link, name: 'Mara', email: 'mara@voorbeeld.nl', password })).status, 303);
    assert.equal((await mara.send('/centra/nieuw', { name: 'Noord', municipality: 'Buren', place: 'Maurik' })).status, 303);

    assert.equal((await mara.send('/account', { what: 'own_pin', pin })).status, 303);
    assert.equal((await mara.send('/account', { what: 'password', password: mistyped, new_password: next_password })).status, 400);
    assert.equal((await mara.send('/account', { what: 'password', password, new_password: next_password })).status, 303);
    await mara.send('/account', { what: 'totp_start' });
    const totp = /\b[A-Z2-7]{32}\b/.exec((await mara.send('/account')).text)[0];
    const digits = code_of(totp);
    assert.equal((await mara.send('/account', { what: 'totp_confirm', code: digits })).status, 303);

    const stranger = new Browser(server.url);
    assert.equal((await stranger.send('/aanmelden', { email: 'mara@voorbeeld.nl', password: mistyped })).status, 400);
    const asked = await stranger.send('/aanmelden', { email: 'mara@voorbeeld.nl', password: next_password });
    const pending = /name="pending" value="([^"]+)"/.exec(asked.text)[1];
    const later = code_of(totp, Date.now() + 30_000); // the one of now was used
    assert.equal((await stranger.send('/aanmelden', { pending, code: later })).status, 303);

    const paired = await mara.send('/centra/noord/apparaten', { what: 'pair', name: 'Tablet' });
    const device_link = /kwl_\w+/.exec(paired.text)[0];
    const tablet = new Browser(server.url);
    assert.equal((await tablet.send('/apparaat', { code: device_link })).status, 303);
    assert.ok(tablet.given.some((cookie) => cookie.startsWith('kwd_')));

    const made = run(['admin', 'token', '--data', data, '--name', 'till']);
    const access_code = /kw_[0-9a-f]{40}/.exec(made.out)[0];
    const program = new Browser(server.url);
    await program.send('/api/v1/items/7K3F', undefined, { authorization: `Bearer ${access_code}` });
    await program.send('/aanmelden', { token: access_code });
    await program.send(`/zoek?q=${access_code}`);
    await program.send(`/no-such-page/${access_code}`);
    const reset = run(['admin', 'reset-password', '--data', data, '--email', 'mara@voorbeeld.nl']);
    const reset_link = /kwl_\w+/.exec(reset.out)[0];

    const cookies = [...mara.given, ...stranger.given, ...tablet.given];
    return { password, next_password, mistyped, first_link, device_link, reset_link, access_code, pending, totp, digits, later,
        ...Object.fromEntries(cookies.map((cookie, i) => [`cookie ${i}`, cookie])) };
}

test('nothing secret stands in the log of a whole run, nor in the books as it was given', async (t) => {
    const data = folder(t);
    const server = await serve(t, data, ['--log-level', 'debug']);
    const secrets = await use_all_secrets(server, data);
    assert.equal(await server.stop(), 0);
    assert.ok(Object.keys(secrets).filter((name) => name.startsWith('cookie')).length >= 3);
    // Sizes and times may happen to be the digits of a PIN.
    const log = server.log().replace(/"\w+":\d+/g, '');
    assert.ok(log.split('\n').length > 20, 'the log holds the run');
    for (const [name, secret] of Object.entries(secrets)) {
        assert.ok(!log.includes(secret), `the log holds: ${name}`);
        assert.ok(!log.includes(encodeURIComponent(secret)), `the log holds: ${name}`);
    }
    assert.ok(!log.toLowerCase().includes('mara'), 'the log holds no name and no address of a person');
    assert.doesNotMatch(log, new RegExp(`\\b${pin}\\b`), 'the log holds a PIN');

    // A second step must be computed anew each time, so its secret is the one thing that stands as it is.
    const stored = Object.entries(secrets).filter(([name]) => !['totp', 'digits', 'later', 'pending'].includes(name));
    for (const file of readdirSync(data).filter((name) => /sqlite/.test(name))) {
        const bytes = readFileSync(join(data, file)).toString('latin1');
        for (const [name, secret] of stored) {
            assert.ok(!bytes.includes(secret), `${file} holds: ${name}`);
            const hexadecimal = /_([0-9a-f]{40})$/.exec(secret)?.[1];
            if (hexadecimal) assert.ok(!bytes.includes(Buffer.from(hexadecimal, 'hex').toString('latin1')), `${file} holds the bytes of: ${name}`);
        }
    }
});

test('the password of the database is said by no message, no settings and no log', async (t) => {
    const data = folder(t);
    const env = { KRINGWERK_DATABASE: 'postgresql://mara:paardewater@127.0.0.1:1/books' };
    const failed = run(['serve', '--data', data, '--port', '0', '--secure-port', '0'], { env });
    assert.notEqual(failed.status, 0);
    assert.match(failed.err, /127\.0\.0\.1/, 'it says which database it did not reach');
    const shown = run(['config', 'dump', '--data', data], { env });
    assert.match(shown.out, /mara:…@127/);
    for (const said of [failed.out, failed.err, shown.out, shown.err]) assert.doesNotMatch(said, /paardewater/);
});
