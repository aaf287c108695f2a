// SPDX-License-Identifier: EUPL-1.2
// Compares the drawing in ARCHITECTURE.md with the #include lines of src/. The drawing is a fenced
// block called `arrows`: on each line a folder of src/, an arrow, and what it may include.
import { pathToFileURL } from 'node:url';
import { closePart, filesOfCheckout, withoutComments } from './files.mjs';
import { spread } from './spread.mjs';

/** "rooms/people" of "rooms/people/types.hpp", "base" of "base/id.hpp", "main.cpp" of itself. */
export function folderOf(path) {
    const parts = path.split('/');
    if (parts.length === 1) return parts[0];
    return ['rooms', 'platform'].includes(parts[0]) ? parts.slice(0, 2).join('/') : parts[0];
}

/** Folder → set of folders it may include. A name with a star stands for all of a kind. */
export function drawing(markdown) {
    const block = /```arrows\n([\s\S]*?)```/.exec(markdown);
    if (!block) return null;
    const lines = block[1].split('\n').filter((line) => line.includes('→')).map((line) => line.split('→'));
    const folders = lines.map(([from]) => from.trim());
    const expand = (name) => (name.endsWith('/*') ? folders.filter((folder) => folder.startsWith(name.slice(0, -1))) : [name]);
    return new Map(lines.map(([from, to]) => [from.trim(), new Set(to.split(/[\s,]+/).filter(Boolean).flatMap(expand))]));
}

/** All includes of our own headers, tests and generated headers of the own folder apart. */
export function includes(files) {
    const found = [];
    for (const [path, text] of files) {
        if (!/^src\/.*\.(cpp|hpp)$/.test(path) || /_(test\.cpp|testing\.hpp)$/.test(path)) continue;
        withoutComments(text).split('\n').forEach((line, index) => {
            const target = /^\s*#\s*include\s*"([^"]+)"/.exec(line)?.[1];
            const from = folderOf(path.slice('src/'.length));
            if (target) found.push({ where: `${path}:${index + 1}`, from, target, to: folderOf(target) });
        });
    }
    return found;
}

export function forbidden(files, allowed) {
    const complaints = [];
    const known = new Set([...files.keys()].filter((path) => path.startsWith('src/')).map((path) => folderOf(path.slice('src/'.length))));
    for (const { where, from, target, to } of includes(files)) {
        if (from === to) continue;
        if (!target.includes('/') || !(known.has(to) || allowed.has(to))) complaints.push(`${where} includes "${target}"; paths start at src/`);
        else if (!allowed.get(from)?.has(to)) complaints.push(`${where} draws an arrow ${from} → ${to} that ARCHITECTURE.md does not have`);
    }
    return complaints;
}

/** A room is entered by its front door: rooms/ledger/ledger.hpp, rooms/ledger/types.hpp, or, for what its pages share, pages.hpp. */
export function frontDoors(files) {
    return includes(files)
        .filter(({ from, to }) => from !== to && from.startsWith('rooms/') && to.startsWith('rooms/'))
        .filter(({ to, target }) => ![`${to}/${to.split('/')[1]}.hpp`, `${to}/types.hpp`, `${to}/pages.hpp`].includes(target))
        .map(({ where, target }) => `${where} does not enter by the front door: "${target}"`);
}

/** Each folder of src/ is drawn, each drawn folder is there, and a paragraph speaks of it. */
export function folders(files, allowed, markdown) {
    const there = new Set([...files.keys()].filter((path) => /^src\/.*\.(cpp|hpp)$/.test(path)).map((path) => folderOf(path.slice('src/'.length))));
    const complaints = [];
    for (const folder of there) if (!allowed.has(folder)) complaints.push(`src/${folder} is not drawn in ARCHITECTURE.md`);
    for (const folder of allowed.keys()) {
        if (!there.has(folder)) complaints.push(`${folder} is drawn in ARCHITECTURE.md, but src/ has no such folder`);
        if (!markdown.replace(/```[\s\S]*?```/g, '').includes(`\`${folder}\``)) complaints.push(`no paragraph of ARCHITECTURE.md speaks of \`${folder}\``);
    }
    return complaints;
}

/** A circle in the arrows, as "a → b → a", or nothing. */
export function circles(arrows) {
    const done = new Set();
    const walk = (folder, trail) => {
        if (trail.includes(folder)) return [[...trail.slice(trail.indexOf(folder)), folder].join(' → ')];
        if (done.has(folder)) return [];
        const found = [...(arrows.get(folder) ?? [])].flatMap((next) => walk(next, [...trail, folder]));
        done.add(folder);
        return found;
    };
    return [...arrows.keys()].flatMap((folder) => walk(folder, []));
}

/** The drawing itself keeps to the one direction: app → rooms → platform → base, rooms → solve → base. */
export function levels(allowed) {
    const level = (folder) => ({ 'main.cpp': 5, app: 4, rooms: 3, platform: 2, solve: 2, base: 1 })[folder.split('/')[0]] ?? 0;
    const complaints = [];
    for (const [from, targets] of allowed) {
        for (const to of targets) {
            if (level(from) < level(to)) complaints.push(`${from} → ${to} points upwards`);
            const side = (folder) => folder.split('/')[0];
            if (level(from) === level(to) && side(from) !== side(to)) complaints.push(`${from} → ${to}: solve and platform do not know each other`);
        }
    }
    return complaints;
}

/** Every table has `centre` in its primary key, or stands in the list of those that need none. */
export function tables(files, markdown) {
    const listed = new Set([...markdown.matchAll(/^\| `(\w+)` \|/gm)].map((row) => row[1]));
    const complaints = [];
    const without = new Set(['schema_version']);
    for (const [path, text] of files) {
        if (!/^migrations\/.*\.sql$/.test(path)) continue;
        for (const [, table, body] of text.matchAll(/CREATE TABLE (?:IF NOT EXISTS )?(\w+) \(([\s\S]*?)\n\)/g)) {
            if (/^\s*centre\b[^,\n]*PRIMARY KEY|PRIMARY KEY \([^)]*\bcentre\b/m.test(body)) continue;
            without.add(table);
            if (!listed.has(table)) complaints.push(`${path}: ${table} has no centre in its primary key and no reason in ARCHITECTURE.md`);
        }
    }
    for (const table of listed) if (!without.has(table)) complaints.push(`ARCHITECTURE.md lists ${table} among the tables without a centre, but it has one or is not there`);
    return complaints;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
    const files = filesOfCheckout();
    const markdown = files.get('ARCHITECTURE.md') ?? '';
    const allowed = drawing(markdown);
    if (!allowed) closePart([['drawing', ['ARCHITECTURE.md has no block called arrows']]]);
    else {
        const real = new Map();
        for (const { from, to } of includes(files)) if (from !== to) real.set(from, (real.get(from) ?? new Set()).add(to));
        closePart([
            ['folders', folders(files, allowed, markdown)],
            ['arrows', forbidden(files, allowed)],
            ['front doors', frontDoors(files)],
            ['circles', [...circles(allowed), ...circles(real)]],
            ['levels', levels(allowed)],
            ['tables', tables(files, markdown)],
            ['spread by centre', spread(files)],
        ]);
    }
}
