// SPDX-License-Identifier: EUPL-1.2
// What those who run the server ask it, and what it tells the service manager that started it.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { folder, serve } from './program.mjs';

test('a server says that it lives, that its books can be used, and how it goes', async (t) => {
    const server = await serve(t, folder(t));
    assert.equal(await (await fetch(`${server.url}/healthz`)).text(), 'ok\n');
    assert.equal(await (await fetch(`${server.url}/readyz`)).text(), 'ready\n');
    await fetch(`${server.url}/no-such-page`);
    const answer = await fetch(`${server.url}/metrics`);
    assert.match(answer.headers.get('content-type'), /^text\/plain; version=0\.0\.4/);
    const page = await answer.text();
    for (const line of [
        /^kringwerk_build_info\{.*version="\d+\.\d+\.\d+".*\} 1$/m,
        /^kringwerk_ready 1$/m,
        /^kringwerk_http_requests_total\{method="GET",pattern="\/healthz",status="200"\} 1$/m,
        /^kringwerk_http_requests_total\{method="GET",pattern="none",status="404"\} 1$/m,
        /^kringwerk_http_request_duration_seconds_bucket\{pattern="\/readyz",le="\+Inf"\} 1$/m,
        /^kringwerk_connections\{server="http"\} [1-9]/m,
        /^kringwerk_movements_total 0$/m,
        /^kringwerk_writes_waiting 0$/m,
        /^kringwerk_commit_size_count [1-9]/m,
        /^kringwerk_database_bytes [1-9]\d{4,}/m,
    ]) assert.match(page, line);
    assert.equal(await server.stop(), 0);
    assert.doesNotMatch(server.log(), /healthz|readyz|"\/metrics"/, 'what asks every few seconds fills no log');
});

test('metrics are there for the networks of the setting; for others nothing tells of them', async (t) => {
    const server = await serve(t, folder(t), ['--metrics-networks', '10.0.0.0/8', '--trusted-proxies', '127.0.0.1']);
    const told = async (path, options) => {
        const answer = await fetch(server.url + path, options);
        const number = /\b[0-9a-z]{6,}-?[0-9a-z]*\b/g; // each request has its own
        return [answer.status, answer.headers.get('allow'), answer.headers.get('content-type'), (await answer.text()).replaceAll(path, '').replace(number, '')];
    };
    for (const method of ['GET', 'POST', 'OPTIONS', 'DELETE', 'HEAD']) {
        for (const accept of ['text/html', 'application/json']) {
            const options = { method, headers: { accept } };
            assert.deepEqual(await told('/metrics', options), await told('/no-such', options), `${method} ${accept}`);
        }
    }
    const behind = (address) => fetch(`${server.url}/metrics`, { headers: { 'X-Forwarded-For': address } });
    assert.equal((await behind('10.1.2.3')).status, 200);
    assert.equal((await behind('192.168.1.20')).status, 404);
    assert.equal((await behind('10.1.2.3, 192.168.1.20')).status, 404, 'what a client says of itself is not believed');
});

test('whoever comes through a proxy that nobody trusts is no neighbour', async (t) => {
    const server = await serve(t, folder(t));
    assert.equal((await fetch(`${server.url}/metrics`)).status, 200);
    for (const header of ['X-Forwarded-For', 'X-Forwarded-Proto', 'Forwarded']) {
        assert.equal((await fetch(`${server.url}/metrics`, { headers: { [header]: 'for=127.0.0.1' } })).status, 404, header);
    }
});

/** A service manager as systemd is one to its services: { socket, heard() }. Node speaks no datagrams. */
async function manager(t, name) {
    const listen = `use Socket; $| = 1; socket(my $s, AF_UNIX, SOCK_DGRAM, 0) or die; bind($s, pack_sockaddr_un($ARGV[0])) or die;
        print "listens\\n"; while (defined recv($s, my $news, 4096, 0)) { print "$news\\n"; }`;
    const listener = spawn('perl', ['-e', listen, name], { stdio: ['ignore', 'pipe', 'inherit'] });
    t.after(() => listener.kill());
    let heard = '';
    await new Promise((resolve) => listener.stdout.on('data', (piece) => { heard += piece; resolve(); }));
    const until = async (pattern) => {
        for (let i = 0; i < 200 && !pattern.test(heard); i += 1) await new Promise((resolve) => setTimeout(resolve, 50));
        assert.match(heard, pattern);
    };
    return { until, heard: () => heard };
}

test('the service manager hears that the server is ready, that it is well, and that it stops', async (t) => {
    const data = folder(t);
    const name = join(data, 'notify');
    const told = await manager(t, name);
    const server = await serve(t, data, [], { env: { NOTIFY_SOCKET: name, WATCHDOG_USEC: '300000' } });
    await told.until(/^READY=1\nSTATUS=http:\/\/127\.0\.0\.1:\d+$/m);
    await told.until(/(WATCHDOG=1\n){3}/);
    assert.ok(told.heard().indexOf('READY=1') < told.heard().indexOf('WATCHDOG=1'));
    assert.equal(await server.stop(), 0);
    await told.until(/STOPPING=1\n$/);
});
