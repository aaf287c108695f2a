// SPDX-License-Identifier: EUPL-1.2
// A server on an empty folder, and what else may happen beside it.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { folder, run, serve } from './program.mjs';

test('an empty folder is set up, greets with a link for its first administrator, answers, and stops when asked', async (t) => {
    const data = join(folder(t), 'new', 'books');
    const server = await serve(t, data);
    const link = /http\S+\/welkom\?code=kwl_\w{16,}/.exec(server.greeting())[0];
    assert.equal((await fetch(link)).status, 200);
    const home = await fetch(server.url);
    assert.equal(home.status, 200);
    assert.match(home.headers.get('content-type'), /text\/html/);
    assert.equal((await fetch(`${server.url}/no-such-page`)).status, 404);
    assert.equal(await server.stop(), 0);
    assert.ok(existsSync(data));

    const again = await serve(t, data); // nobody has an account yet, so there is another link
    assert.equal((await fetch(again.url + new URL(link).pathname + new URL(link).search)).status, 404);
    const other = /http\S+\/welkom\?code=kwl_\w+/.exec(again.greeting())[0];
    const body = new URLSearchParams({ code: new URL(other).searchParams.get('code'), name: 'Mara', email: 'mara@voorbeeld.nl', password: 'drie natte paarden' });
    const inside = await fetch(`${again.url}/welkom`, { method: 'POST', body, headers: { origin: again.url }, redirect: 'manual' });
    assert.equal(inside.status, 303);
    await again.stop();
    assert.doesNotMatch((await serve(t, data)).greeting(), /welkom/);
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

test('who lost all passwords gets in again from the command line, beside a running server', async (t) => {
    const data = folder(t);
    const server = await serve(t, data);
    const admin = (...words) => run(['admin', words[0], '--data', data, ...words.slice(1)]);
    const choose = async (said, password) => {
        const code = /https:\/\/balie\.test\/welkom\?code=(kwl_\w+)/.exec(said)[1];
        const body = new URLSearchParams({ code, password });
        const answer = await fetch(`${server.url}/welkom`, { method: 'POST', body, headers: { origin: server.url }, redirect: 'manual' });
        assert.equal(answer.status, 303);
    };
    const signIn = async (password) => {
        const body = new URLSearchParams({ email: 'mara@voorbeeld.nl', password });
        return (await fetch(`${server.url}/aanmelden`, { method: 'POST', body, headers: { origin: server.url }, redirect: 'manual' })).status;
    };
    const wrong = admin('create', '--name', 'Mara', '--email', 'mara');
    assert.equal(wrong.status, 1);
    assert.match(wrong.err, /email/);
    const made = admin('create', '--name', 'Mara', '--email', 'mara@voorbeeld.nl', '--url', 'https://balie.test');
    assert.equal(made.status, 0, made.err);
    await choose(made.out, 'drie natte paarden');
    for (let i = 0; i < 5; i += 1) assert.equal(await signIn('vier natte paarden'), 400);
    assert.equal(await signIn('drie natte paarden'), 400);
    assert.equal(admin('unlock', '--email', 'mara@voorbeeld.nl').status, 0);
    assert.equal(await signIn('drie natte paarden'), 303);
    const reset = admin('reset-password', '--email', 'MARA@voorbeeld.nl', '--url', 'https://balie.test');
    assert.equal(reset.status, 0, reset.err);
    await choose(reset.out, 'vijf droge paarden');
    assert.equal(await signIn('drie natte paarden'), 400);
    assert.equal(await signIn('vijf droge paarden'), 303);
    assert.equal(admin('unlock', '--email', 'niemand@voorbeeld.nl').status, 1);
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
