// SPDX-License-Identifier: EUPL-1.2
// A server on an empty folder, and what else may happen beside it.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { folder, run, serve } from './program.mjs';

test('an empty folder is set up, greets with an access code once, answers, and stops when asked', async (t) => {
    const data = join(folder(t), 'new', 'books');
    const server = await serve(t, data);
    assert.match(server.greeting(), /kw_[\w-]{16,}/);
    const home = await fetch(server.url);
    assert.equal(home.status, 200);
    assert.match(home.headers.get('content-type'), /text\/html/);
    assert.equal((await fetch(`${server.url}/no-such-page`)).status, 404);
    assert.equal(await server.stop(), 0);
    assert.ok(existsSync(data));

    const again = await serve(t, data);
    assert.doesNotMatch(again.greeting(), /kw_/);
    assert.equal((await fetch(again.url)).status, 200);
});

test('each request is one line of JSON in the log, without its query', async (t) => {
    const server = await serve(t, folder(t));
    await fetch(`${server.url}/?secret=horse`);
    assert.equal(await server.stop(), 0);
    const lines = server.log().trim().split('\n').map((line) => JSON.parse(line));
    const request = lines.find((line) => line.message === 'request');
    assert.equal(request.method, 'GET');
    assert.equal(request.status, 200);
    assert.ok(request.number.length > 4);
    assert.doesNotMatch(server.log(), /horse/);
});

test('a second server on the same folder is refused in plain words', async (t) => {
    const data = folder(t);
    await serve(t, data);
    const second = run(['serve', '--data', data, '--port', '0']);
    assert.equal(second.status, 1);
    assert.doesNotMatch(second.err, /refusal\./);
});

test('the books can be verified while the server runs', async (t) => {
    const data = folder(t);
    await serve(t, data);
    const { status, err } = run(['verify', '--data', data]);
    assert.equal(status, 0, err);
});

test('an access code can be made while the server runs', async (t) => {
    const data = folder(t);
    await serve(t, data);
    const { status, out, err } = run(['admin', 'token', '--data', data, '--name', 'till']);
    assert.equal(status, 0, err);
    assert.match(out, /kw_[\w-]{16,}/);
});

test('every answer of the API says its version, also one that no route made', async (t) => {
    const server = await serve(t, folder(t));
    const body = 'x'.repeat(9_000_000);
    for (const [path, options, status] of [
        ['/api/v1/openapi.json', {}, 200],
        ['/api/v1/no-such-address', {}, 404],
        ['/api/v1/openapi.json', { method: 'DELETE' }, 405],
        ['/api/v1/centres/1/movements', { method: 'POST', body }, 413],
    ]) {
        const answer = await fetch(server.url + path, options);
        assert.equal(answer.status, status, path);
        assert.equal(answer.headers.get('API-Version'), '1.0.0', path);
    }
    assert.equal((await fetch(server.url)).headers.get('API-Version'), null);
});
