// SPDX-License-Identifier: EUPL-1.2
// The command line, as somebody meets it who has read nothing.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { folder, run } from './program.mjs';

test('who types nothing else sees five commands, in the language of the machine', () => {
    const english = run([]);
    assert.equal(english.status, 0);
    assert.equal(english.out.match(/^ {2}kringwerk /gm).length, 5);
    assert.match(english.out, /Starts the server/);
    assert.match(run([], { env: { LANG: 'nl_NL.UTF-8' } }).out, /Start de server/);
});

test('help lists all commands and says each in words, not in codes', () => {
    const { status, out } = run(['--help']);
    assert.equal(status, 0);
    for (const command of ['serve', 'demo', 'import ords FILE', 'export ords FILE', 'verify', 'doctor', 'close MONTH', 'admin token', 'admin create', 'admin reset-password', 'admin unlock', 'backup', 'backup verify', 'backup list', 'restore', 'migrate', 'move', 'schema', 'config dump', 'version']) {
        assert.ok(out.includes(`kringwerk ${command}`), command);
        const words = command.replace(/ [A-Z]+$/, '').split(' ');
        const help = run([...words, '--help']);
        assert.equal(help.status, 0, command);
        assert.doesNotMatch(help.out, /\b(command|option|argument|setting)\.[a-z]/, command);
    }
});

test('a command, option or value that is not known is refused with what was meant', () => {
    const serv = run(['serv']);
    assert.equal(serv.status, 2);
    assert.match(serv.err, /Do you mean serve\?/);
    assert.match(run(['serve', '--prot', '80']).err, /Do you mean --port\?/);
    assert.match(run(['import']).err, /ords/);
    assert.match(run(['import', 'ords']).err, /FILE/);
    assert.match(run(['serve', '--port', '70000']).err, /65535/);
});

test('the version is said', () => {
    assert.match(run(['version']).out, /^kringwerk \d+\.\d+\.\d+\n$/);
});

test('config dump says each value with its origin, the later source wins', (t) => {
    const data = folder(t);
    writeFileSync(join(data, 'kringwerk.toml'), 'network_name = "Rivierenland"\nport = 8090\nthreads = 3\n');
    const { status, out } = run(['config', 'dump', '--data', data], { env: { KRINGWERK_THREADS: '5' } });
    assert.equal(status, 0);
    assert.match(out, /^network_name = "Rivierenland" {2}# .*kringwerk\.toml:1$/m);
    assert.match(out, /^threads = 5 {2}# environment KRINGWERK_THREADS$/m);
    assert.match(out, /^address = "127\.0\.0\.1" {2}# default$/m);
});

test('a mistake in the settings file is refused with its line and what was meant', (t) => {
    const data = folder(t);
    writeFileSync(join(data, 'kringwerk.toml'), 'prot = 8090\nthreads = "many"\n');
    const { status, err } = run(['config', 'dump', '--data', data]);
    assert.equal(status, 2);
    assert.match(err, /kringwerk\.toml:1.*Do you mean port\?/);
    assert.match(err, /kringwerk\.toml:2.*threads/);
});
