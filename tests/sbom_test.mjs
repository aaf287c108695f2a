// SPDX-License-Identifier: EUPL-1.2
// The list of what the program is made of, as ./run --sbom writes it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { packageLists } from '../tools/sbom.mjs';

const types = ['application', 'framework', 'library', 'container', 'platform', 'operating-system', 'device', 'device-driver', 'firmware', 'file', 'machine-learning-model', 'data'];

/** What CycloneDX 1.5 asks of such a file, and we of our own; each complaint a line. */
function complaints(bom) {
    const found = [];
    const must = (holds, what) => holds || found.push(what);
    must(bom.bomFormat === 'CycloneDX', 'bomFormat');
    must(bom.specVersion === '1.5', 'specVersion');
    must(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(bom.serialNumber), 'serialNumber');
    must(Number.isInteger(bom.version) && bom.version >= 1, 'version');
    must(bom.metadata?.component?.name === 'kringwerk' && bom.metadata.component.version, 'metadata.component');
    const refs = new Set();
    for (const one of [bom.metadata?.component ?? {}, ...(bom.components ?? [])]) {
        must(types.includes(one.type), `type of ${one.name}`);
        must(one.name && one.version, `name and version of ${one.name}`);
        must(one['bom-ref'] && !refs.has(one['bom-ref']), `bom-ref of ${one.name}`);
        refs.add(one['bom-ref']);
        must(one === bom.metadata?.component || /^pkg:(deb|npm)\/\S+@\S+$/.test(one.purl), `purl of ${one.name}`);
        for (const { alg, content } of one.hashes ?? []) must(alg === 'SHA-512' && /^[0-9a-f]{128}$/.test(content), `hash of ${one.name}`);
        for (const { license, expression } of one.licenses ?? []) must(license?.id || expression, `licence of ${one.name}`);
    }
    for (const { ref, dependsOn } of bom.dependencies ?? []) for (const each of [ref, ...dependsOn]) must(refs.has(each), `dependency ${each}`);
    return found;
}

function written() {
    const done = spawnSync('./run', ['--sbom'], { encoding: 'utf8', maxBuffer: 1 << 26 });
    assert.equal(done.status, 0, done.stderr);
    return done.stdout;
}

test('the list of parts is CycloneDX, names every package, and is the same each time', () => {
    const text = written();
    const bom = JSON.parse(text);
    assert.deepEqual(complaints(bom), []);
    const has = new Set(bom.components.map(({ name, version }) => `${name} ${version}`));
    const names = new Set(bom.components.map(({ name }) => name));
    for (const name of packageLists(readFileSync('tools/packages', 'utf8')).build) assert.ok(names.has(name), name);
    assert.ok(names.has('libssl3') && names.has('libsqlite3-0'), 'the libraries themselves are there, not only what building needs');
    const { packages } = JSON.parse(readFileSync('web/package-lock.json', 'utf8'));
    for (const [path, { version }] of Object.entries(packages)) {
        if (path) assert.ok(has.has(`${path.split('node_modules/').at(-1)} ${version}`), path);
    }
    assert.equal(written(), text);
});

test('a list that lacks what the format asks is noticed', () => {
    const bom = JSON.parse(written());
    for (const break_it of [
        (one) => delete one.bomFormat,
        (one) => (one.serialNumber = 'urn:uuid:1'),
        (one) => delete one.components[0].version,
        (one) => (one.components[1]['bom-ref'] = one.components[0]['bom-ref']),
        (one) => (one.components[0].type = 'thing'),
        (one) => one.dependencies[0].dependsOn.push('pkg:deb/debian/nothing@1'),
    ]) {
        const broken = structuredClone(bom);
        break_it(broken);
        assert.ok(complaints(broken).length > 0, break_it.toString());
    }
});
