// SPDX-License-Identifier: EUPL-1.2
// Rules of STYLE.md that a machine can check, clang-format apart. Each function gets path → text and
// gives complaints.
import { pathToFileURL } from 'node:url';
import { closePart, filesOfCheckout, withoutComments } from './files.mjs';

const needs_licence = /\.(cpp|hpp|ts|mjs|js|svelte|cmake|sh)$|(^|\/)CMakeLists\.txt$|^(run|test|\.ci\/run|tools\/(parts\/)?[a-z]+)$/;
const longest = 450;

const lineOf = (text, index) => text.slice(0, index).split('\n').length;

export function licences(files) {
    return [...files]
        .filter(([path, text]) => needs_licence.test(path) && !text.split('\n', 2).join('\n').includes('SPDX-License-Identifier: EUPL-1.2'))
        .map(([path]) => `${path} does not begin with its licence: SPDX-License-Identifier: EUPL-1.2`);
}

export function lengths(files) {
    const source = /^(src|web\/src)\/.*\.(cpp|hpp|ts|svelte)$/;
    return [...files]
        .map(([path, text]) => [path, text.split('\n').length - 1])
        .filter(([path, lines]) => source.test(path) && lines > longest)
        .map(([path, lines]) => `${path} has ${lines} lines; do two ideas live in it?`);
}

export function blanks(files) {
    const complaints = [];
    for (const [path, text] of files) {
        text.split('\n').forEach((line, index) => {
            if (line.includes('\t')) complaints.push(`${path}:${index + 1} has a tab`);
            if (/[ \r]$/.test(line)) complaints.push(`${path}:${index + 1} ends in a blank`);
        });
        if (text !== '' && !text.endsWith('\n')) complaints.push(`${path} lacks its last line end`);
    }
    return complaints;
}

/** Paths of one machine help nobody on another: home folders, and the checkout itself. */
export function paths(files, checkout) {
    const home = /\/(?:home|Users)\/[a-z]|\/root\//i;
    // A checkout in /src cannot be told from the folder src.
    const own = checkout.split('/').length > 2 ? `${checkout}/` : null;
    const complaints = [];
    for (const [path, text] of files) {
        if (path.startsWith('tools/checks/')) continue;
        text.split('\n').forEach((line, index) => {
            if (home.test(line) || (own && line.includes(own))) complaints.push(`${path}:${index + 1} names a folder of one machine`);
        });
    }
    return complaints;
}

const holes = (text) => [...text.matchAll(/\{(\w+)\}/g)].map((hole) => hole[1]).sort().join(' ');

/** Both catalogues say the same codes, sorted, with the same holes. */
export function catalogues(nl, en) {
    const complaints = [];
    for (const [name, here, there] of [['en.json', nl, en], ['nl.json', en, nl]]) {
        for (const code of Object.keys(here)) if (!(code in there)) complaints.push(`${code} is missing in ${name}`);
    }
    for (const code of Object.keys(nl)) {
        if (code in en && holes(nl[code]) !== holes(en[code])) complaints.push(`${code} has other holes in nl.json than in en.json`);
    }
    for (const [name, texts] of [['nl.json', nl], ['en.json', en]]) {
        for (const [code, text] of Object.entries(texts)) if (text.trim() === '') complaints.push(`${code} says nothing in ${name}`);
    }
    return complaints;
}

/** The text from an opening bracket to its partner, strings skipped. */
function bracketed(text, from) {
    let depth = 0;
    for (let index = from; index < text.length; index += 1) {
        if (text[index] === '"') {
            index += 1;
            while (text[index] !== '"' && index < text.length) index += text[index] === '\\' ? 2 : 1;
        } else if ('({'.includes(text[index])) depth += 1;
        else if (')}'.includes(text[index]) && (depth -= 1) === 0) return text.slice(from, index + 1);
    }
    return text.slice(from);
}

/** Codes of refusals in C++: literals like "ledger.unbalanced" where a refusal is made. */
export function refusalCodes(files) {
    const codes = new Map();
    for (const [path, whole] of files) {
        if (!/^src\/.*\.(cpp|hpp)$/.test(path) || path.endsWith('_test.cpp')) continue;
        const text = withoutComments(whole);
        for (const made of text.matchAll(/\b(?:refuse\w*|wrong|problem|fail|Refusal|FieldRefusal|(?:wrong_|fields|errors)\.(?:push|emplace)_back)\s*(?=[({])/g)) {
            const arguments_ = bracketed(text, made.index + made[0].length);
            for (const literal of arguments_.matchAll(/"([a-z]+(?:\.[a-z][a-z0-9_]*)+)"/g)) {
                if (!codes.has(literal[1])) codes.set(literal[1], `${path}:${lineOf(text, made.index)}`);
            }
        }
    }
    return codes;
}

/** True when a source has the code as a whole, or as two literals that are put together there. */
function mentioned(sources, code) {
    if (sources.includes(`"${code}"`) || sources.includes(`'${code}'`)) return true;
    const cuts = [...code].flatMap((letter, index) => ('._'.includes(letter) ? [index + 1] : []));
    return cuts.some((cut) => sources.includes(`${code.slice(0, cut)}"`) && sources.includes(`"${code.slice(cut)}"`));
}

/** Each refusal has its text, and each text its refusal. */
export function refusals(files, nl) {
    const complaints = [];
    const codes = refusalCodes(files);
    for (const [code, where] of codes) if (!(`refusal.${code}` in nl)) complaints.push(`${where}: "${code}" has no text refusal.${code}`);
    const sources = [...files].filter(([path]) => /^(src|web\/src)\//.test(path)).map(([, text]) => text).join('\n');
    for (const key of Object.keys(nl).filter((one) => one.startsWith('refusal.'))) {
        const code = key.slice('refusal.'.length);
        if (!codes.has(code) && !mentioned(sources, code)) complaints.push(`nobody refuses with "${code}", yet it has a text`);
    }
    return complaints;
}

/** A named query that no source of its room runs is dead. */
export function queries(files) {
    const complaints = [];
    for (const [path, text] of files) {
        const folder = /^(src\/.*)\/queries\.sql$/.exec(path)?.[1];
        if (!folder) continue;
        const sources = [...files].filter(([one]) => one.startsWith(`${folder}/`) && one.endsWith('.cpp')).map(([, source]) => source).join('\n');
        for (const [, name] of text.matchAll(/^-- name: (\w+)$/gm)) {
            if (!new RegExp(`\\bsql::${name}\\b`).test(sources)) complaints.push(`${path}: nobody runs "${name}"`);
        }
    }
    return complaints;
}

/** Words of a person who was told off, or shouted at. */
export function tone(texts) {
    return Object.entries(texts).filter(([, text]) => text.includes('!')).map(([code]) => `${code} has an exclamation mark`);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
    const files = filesOfCheckout();
    const read = (language) => JSON.parse(files.get(`web/texts/${language}.json`) ?? '{}');
    const [nl, en] = [read('nl'), read('en')];
    closePart([
        ['licence', licences(files)],
        ['length', lengths(files)],
        ['blanks', blanks(files)],
        ['paths', paths(files, process.cwd())],
        ['catalogues', catalogues(nl, en)],
        ['refusals', refusals(files, nl)],
        ['queries', queries(files)],
        ['tone', [...tone(nl), ...tone(en)]],
    ]);
}
