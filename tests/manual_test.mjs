// SPDX-License-Identifier: EUPL-1.2
// The manual page says what the program says itself: each command, option and setting, and no other.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { folder, run } from './program.mjs';

const page = readFileSync(new URL('../packaging/kringwerk.1', import.meta.url), 'utf8').replaceAll('\\-', '-');

/** The part of the page below a heading, up to the next one of its kind. */
function section(name) {
    const found = page.split(/^\.SH /m).find((one) => one.startsWith(`${name}\n`));
    assert.ok(found, name);
    return found;
}

const optionsIn = (text) => [...text.matchAll(/^\.BI? (--[a-z-]+)/gm)].map((option) => option[1]).sort();

/** What the program says of a command: its own options, without those of every command. */
function optionsOf(command) {
    const { out } = run([...command.split(' ').filter((word) => word === word.toLowerCase()), '--help']);
    return [...out.matchAll(/^ {2}(--[a-z-]+)/gm)].map((option) => option[1]).filter((name) => name !== '--data').sort();
}

test('the manual page has each command with its options, and no others', () => {
    const commands = [...run(['--help']).out.matchAll(/^ {2}kringwerk (.+?) {2}/gm)].map((line) => line[1]);
    assert.ok(commands.length > 10);
    const parts = section('COMMANDS').split(/^\.SS /m).slice(1);
    assert.deepEqual(parts.map((part) => part.split('\n', 1)[0]), commands);
    for (const part of parts) {
        const [name] = part.split('\n', 1);
        const expected = name === 'serve' ? [] : optionsOf(name); // it takes all settings
        assert.deepEqual(optionsIn(part), expected, name);
    }
    assert.deepEqual(optionsIn(section('OPTIONS')), ['--data', '--help']);
});

test('the manual page has each setting, and no others', (t) => {
    const { out } = run(['config', 'dump', '--data', folder(t)]);
    const settings = [...out.matchAll(/^(\w+) = /gm)].map((line) => line[1]).sort();
    const told = [...section('SETTINGS').matchAll(/^\.TP\n\.BR? (.*)$/gm)].flatMap((line) => line[1].match(/[a-z_]+/g)).sort();
    assert.deepEqual(told, settings);
    const served = run(['serve', '--help']).out;
    for (const name of settings) assert.ok(served.includes(`--${name.replaceAll('_', '-')} `), name);
});

test('manual page and package name the version of the program', () => {
    const version = run(['version']).out.trim().split(' ')[1];
    assert.match(page, new RegExp(`^\\.TH KRINGWERK 1 \\S+ "Kringwerk ${version}"$`, 'm'));
    const changes = readFileSync(new URL('../packaging/debian/changelog', import.meta.url), 'utf8');
    assert.ok(changes.startsWith(`kringwerk (${version}) `));
});
