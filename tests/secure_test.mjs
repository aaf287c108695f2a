// SPDX-License-Identifier: EUPL-1.2
// The server over HTTPS, as a tablet in the same building meets it.
import assert from 'node:assert/strict';
import { X509Certificate, createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { request } from 'node:https';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { folder, run, serve } from './program.mjs';

/** An address that a network in a house gives out; for others the server's own authority may not vouch. */
function houseAddress() {
    const all = Object.values(networkInterfaces()).flat().filter(({ internal }) => !internal).map(({ address }) => address);
    return all.find((address) => /^(10|192\.168|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./.test(address)) ??
        all.find((address) => /^f[cd]/i.test(address));
}

/** A port on which nobody listens now. */
function freePort() {
    return new Promise((resolve, reject) => {
        const probe = createServer();
        probe.on('error', reject);
        probe.listen(0, '::', () => {
            const { port } = probe.address();
            probe.close(() => resolve(port));
        });
    });
}

/** The status that it answers, when the certificate of the server is trusted. */
function get(host, port, ca, path = '/') {
    return new Promise((resolve, reject) => {
        const asked = request({ host, port, path, ca, agent: false }, (answer) => {
            answer.resume();
            answer.on('end', () => resolve(answer.statusCode));
        });
        asked.on('error', reject);
        asked.end();
    });
}

async function certificateOf(url) {
    const answer = await fetch(`${url}/tablet/kringwerk.crt`);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('content-type'), 'application/x-x509-ca-cert');
    return new X509Certificate(Buffer.from(await answer.arrayBuffer()));
}

test('a tablet that trusts the certificate of the server opens it by its address in the house, another does not', async (t) => {
    const address = houseAddress();
    if (!address) return t.skip('this machine has no private address beside the loopback');
    const port = await freePort();
    const data = folder(t);
    const words = ['--secure-address', address.includes(':') ? '::' : '0.0.0.0', '--secure-port', String(port)];
    const server = await serve(t, data, words);
    const certificate = await certificateOf(server.url);
    assert.equal(await get(address, port, certificate.toString()), 200);
    assert.equal(await get(address, port, certificate.toString(), '/api/v1/centres'), 200);
    await assert.rejects(get(address, port), /self.signed certificate|unable to verify|unable to get local issuer/i);

    const page = await (await fetch(`${server.url}/tablet`)).text();
    const print = createHash('sha256').update(certificate.raw).digest('hex').toUpperCase().match(/../g);
    assert.ok(page.includes(print.slice(0, 8).join(' ')), 'the fingerprint of what is to be trusted stands on the page');
    assert.ok(page.includes(`${address.includes(':') ? `[${address}]` : address}:${port}/tablet`));
    assert.doesNotMatch(page, /127\.0\.0\.1/);
});

test('the next start keeps the certificate, and no key is ever served or readable by others', async (t) => {
    const data = folder(t);
    const words = ['--secure-port', String(await freePort())];
    const first = await serve(t, data, words);
    const certificate = await certificateOf(first.url);
    assert.equal(await first.stop(), 0);
    const kept = readFileSync(join(data, 'authority', 'server.pem'), 'utf8');
    const second = await serve(t, data, words);
    assert.equal((await certificateOf(second.url)).fingerprint256, certificate.fingerprint256);
    assert.equal(readFileSync(join(data, 'authority', 'server.pem'), 'utf8'), kept);
    for (const name of readdirSync(join(data, 'authority')).filter((file) => file.includes('key'))) {
        assert.equal(statSync(join(data, 'authority', name)).mode & 0o077, 0, name);
        for (const path of [`/tablet/${name}`, `/authority/${name}`]) assert.equal((await fetch(second.url + path)).status, 404, path);
    }
});

test('a server for this machine alone says what to do, and has the profile for an iPad', async (t) => {
    const server = await serve(t, folder(t), ['--secure-port', String(await freePort())]);
    const page = await (await fetch(`${server.url}/tablet?taal=en`)).text();
    assert.match(page, /listens to this computer only/);
    assert.match(page, /secure_address = &quot;0\.0\.0\.0&quot;|secure_address = "0\.0\.0\.0"/);
    const profile = await fetch(`${server.url}/tablet/kringwerk.mobileconfig`);
    assert.equal(profile.headers.get('content-type'), 'application/x-apple-aspen-config');
    assert.doesNotMatch(await profile.text(), /PRIVATE KEY/);
});

test('without HTTPS there is nothing to trust, and the page for tablets says so', async (t) => {
    const server = await serve(t, folder(t));
    assert.match(await (await fetch(`${server.url}/tablet?taal=en`)).text(), /https is switched off/);
    assert.equal((await fetch(`${server.url}/tablet/kringwerk.crt`)).status, 404);
});

test('a port for HTTPS that somebody asked for and that is taken stops the start', async (t) => {
    const taken = createServer();
    await new Promise((resolve) => taken.listen(0, '127.0.0.1', resolve));
    t.after(() => taken.close());
    const { port } = taken.address();
    const { status, err } = run(['serve', '--data', folder(t), '--port', '0', '--secure-port', String(port)]);
    assert.equal(status, 3);
    assert.match(err, new RegExp(String(port)));
});

test('the usual port for HTTPS that is taken is said, and the server goes on without it', async (t) => {
    const taken = createServer();
    // Whoever else has it takes it as well.
    await new Promise((resolve) => taken.once('error', resolve).listen(8443, '127.0.0.1', resolve));
    t.after(() => taken.close());
    const server = await serve(t, folder(t), [], { secure: true });
    assert.match(await (await fetch(`${server.url}/tablet?taal=en`)).text(), /https is switched off/);
    assert.match(server.greeting(), /Without https: .*8443/);
});

test('a certificate of the settings is used as it is, and leaves nothing to install', async (t) => {
    const data = folder(t);
    const port = String(await freePort());
    const maker = await serve(t, data, ['--secure-port', port]);
    const ca = (await certificateOf(maker.url)).toString();
    assert.equal(await maker.stop(), 0);
    const papers = ['--tls-certificate', join(data, 'authority', 'server.pem'), '--tls-key', join(data, 'authority', 'server.key.pem')];
    const other = join(folder(t), 'books');
    const server = await serve(t, other, ['--secure-port', port, ...papers]);
    assert.equal(await get('localhost', port, ca), 200);
    assert.equal((await fetch(`${server.url}/tablet/kringwerk.crt`)).status, 404);
    assert.ok(!readdirSync(other).includes('authority'));
    assert.equal(run(['serve', '--data', join(other, 'more'), '--port', '0', '--tls-certificate', join(data, 'nothing.pem')]).status, 3);
});
