// SPDX-License-Identifier: EUPL-1.2
// The steps of the README from an empty folder to the first booked kilogram, with nothing but forms.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folder, run, serve } from './program.mjs';
import { becomeFirst, Visitor } from './visitor.mjs';

test('from an empty folder to the first kilogram, which everybody sees and verify proves', async (t) => {
    const data = folder(t);
    const server = await serve(t, data);
    const visitor = new Visitor(server.url);

    const refused = await visitor.fill(await visitor.send('/aanmelden'), '/aanmelden', { token: 'kw_0000000000000000000000000000000000000000' });
    assert.ok(refused.status >= 400, 'another key does not open the door');
    const nobody = await visitor.send('/welkom?code=kwl_0000000000000000000000000000000000000000');
    assert.equal(nobody.status, 404, 'another link does not either');
    const inside = await becomeFirst(server, visitor);
    assert.equal(inside.path, '/begin/centrum');

    const doing = await visitor.fill(inside, '/begin/centrum', { name: 'Werkplaats Noord', postcode: '4021 CC', municipality: 'Buren', place: 'Maurik' });
    assert.equal(doing.path, '/begin/doen');
    const machines = await visitor.fill(doing, '/begin/doen', { blocks: 'yard' });
    const crew = await visitor.fill(machines, '/begin/apparatuur', { later: '1' });
    const books = await visitor.fill(crew, '/begin/mensen', { name: 'Noor', pin: '4711' });
    const done = await visitor.fill(books, '/begin/boeken', {});
    assert.equal(done.path, '/begin/klaar');
    const sheet = await visitor.send('/begin/herstelblad');
    assert.ok(sheet.text.includes(data), 'the recovery sheet names the folder');
    const command = /<code>(\S+) admin unlock --email \S+ --data (\S+)<\/code>/.exec(sheet.text);
    const unlocked = run(['admin', 'unlock', '--email', 'mara@voorbeeld.nl', '--data', command[2]]);
    assert.equal(unlocked.status, 0, unlocked.err);

    const desk = await visitor.send('/centra/werkplaats-noord/balie');
    assert.match(desk.text, /href="\/begin"/, 'what was put off can be found again');
    const wrong = await visitor.fill(desk, `${desk.path}/wegen`, { stream: 'furniture', kg: 'twelve' });
    assert.match(wrong.text, /value="twelve"/, 'what was typed stays in the form');
    const booked = await visitor.fill(desk, `${desk.path}/wegen`, { stream: 'furniture', kg: '137' });
    assert.equal(booked.status, 200);

    const home = await (await fetch(server.url)).text();
    assert.match(home.replace(/<svg[\s\S]*?<\/svg>/g, ''), /\b137\b/);
    const proof = run(['verify', '--data', data]);
    assert.equal(proof.status, 0, proof.err);
});

test('who is not signed in sees no desk, and a form from another site is not taken', async (t) => {
    const server = await serve(t, folder(t));
    const stranger = new Visitor(server.url);
    await becomeFirst(server, stranger);
    await stranger.fill(await stranger.send('/centra/nieuw'), '/centra/nieuw', { name: 'Noord', municipality: 'Buren', place: 'Maurik' });

    const outsider = new Visitor(server.url);
    const desk = await outsider.send('/centra/noord/balie');
    assert.doesNotMatch(desk.text, /name="kg"/);
    const foreign = await stranger.send('/centra/nieuw', { method: 'POST', body: new URLSearchParams({ name: 'Oost', municipality: 'Buren', place: 'Buren' }), headers: { origin: 'https://example.org' } });
    assert.equal(foreign.status, 403);
});
