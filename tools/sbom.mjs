// SPDX-License-Identifier: EUPL-1.2
// Writes what the program is made of as CycloneDX 1.5: the packages of Debian that tools/packages names, with
// the libraries they bring, in the versions of this machine, and those of web/package-lock.json. The same
// packages give the same bytes.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** The lists of tools/packages: { build: ['g++', ...], ... }. */
export function packageLists(text) {
    const lists = {};
    for (const [, name, packages] of text.matchAll(/^lists\[(\w+)\]="([^"]*)"/gm)) lists[name] = packages.trim().split(/\s+/);
    return lists;
}

/** What dpkg knows of these packages, by name; those that are not installed are left out. */
function installed(names) {
    const format = '${Package}\t${Version}\t${Architecture}\t${source:Package}\t${db:Status-Status}\t${Homepage}\t${Depends}\n';
    let said = '';
    try {
        said = execFileSync('dpkg-query', ['-W', '-f', format, ...names], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    } catch (broke) {
        said = broke.stdout ?? ''; // it ends with an error when it does not know one of them
    }
    const found = new Map();
    for (const line of said.split('\n')) {
        const [name, version, arch, source, status, homepage, depends] = line.split('\t');
        if (status === 'installed') found.set(name, { name, version, arch, source, homepage, depends });
    }
    return found;
}

/** A package for developers needs exactly one version of the library itself. */
const librariesOf = ({ depends }) => [...depends.matchAll(/(\S+?)(?::any)? \(= [^)]+\)/g)].map(([, name]) => name);

function debianComponent({ name, version, arch, source, homepage }, use) {
    const purl = `pkg:deb/debian/${encodeURIComponent(name)}@${encodeURIComponent(version)}?arch=${arch}&distro=debian-12`;
    return {
        type: /^(lib|fonts-|tzdata|ca-cert|doctest)/.test(name) ? 'library' : 'application',
        'bom-ref': purl,
        name,
        version,
        purl,
        ...(homepage ? { externalReferences: [{ type: 'website', url: homepage }] } : {}),
        properties: [{ name: 'kringwerk:use', value: use }, { name: 'debian:source', value: source }],
    };
}

function npmComponent(path, { version, license, integrity, optional }) {
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
    const [algorithm, hash] = (integrity ?? '').split('-');
    return {
        type: 'library',
        'bom-ref': `${purl}#${path}`,
        name,
        version,
        purl,
        ...(optional ? { scope: 'optional' } : {}),
        ...(algorithm === 'sha512' ? { hashes: [{ alg: 'SHA-512', content: Buffer.from(hash, 'base64').toString('hex') }] } : {}),
        ...(license ? { licenses: [/^[\w.+-]+$/.test(license) ? { license: { id: license } } : { expression: license }] } : {}),
        properties: [{ name: 'kringwerk:use', value: 'screens' }],
    };
}

function debianComponents(lists) {
    const components = new Map();
    for (const [list, names] of Object.entries(lists)) {
        const use = list === 'build' ? 'program' : 'building and tests';
        const found = installed(names);
        const absent = names.filter((name) => !found.has(name));
        if (list === 'build' && absent.length > 0) throw new Error(`not installed: ${absent.join(' ')} (tools/packages build installs them)`);
        const libraries = list === 'build' ? installed([...found.values()].flatMap(librariesOf)) : new Map();
        for (const one of [...found.values(), ...libraries.values()]) {
            if (!components.has(one.name)) components.set(one.name, debianComponent(one, use));
        }
    }
    return [...components.values()];
}

export function sbom() {
    const lists = packageLists(readFileSync('tools/packages', 'utf8'));
    const lock = JSON.parse(readFileSync('web/package-lock.json', 'utf8'));
    const npm = Object.entries(lock.packages).filter(([path]) => path !== '').map(([path, one]) => npmComponent(path, one));
    const components = [...debianComponents(lists), ...npm].sort((a, b) => (a['bom-ref'] < b['bom-ref'] ? -1 : 1));
    const version = /^project\(kringwerk VERSION (\S+)/m.exec(readFileSync('CMakeLists.txt', 'utf8'))[1];
    const program = { type: 'application', 'bom-ref': `kringwerk@${version}`, name: 'kringwerk', version, licenses: [{ license: { id: 'EUPL-1.2' } }] };
    const refs = components.map((one) => one['bom-ref']);
    const hash = createHash('sha256').update(JSON.stringify([program, components])).digest('hex');
    return {
        bomFormat: 'CycloneDX',
        specVersion: '1.5',
        serialNumber: `urn:uuid:${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`,
        version: 1,
        metadata: { component: program },
        components,
        dependencies: [{ ref: program['bom-ref'], dependsOn: refs }],
    };
}

if (process.argv[1]?.endsWith('sbom.mjs')) console.log(JSON.stringify(sbom(), null, 2));
