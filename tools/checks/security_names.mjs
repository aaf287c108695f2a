// SPDX-License-Identifier: EUPL-1.2
// docs/security.md proves what it says by tests: whatever stands there between “ and ” is the name of one.
import { pathToFileURL } from 'node:url';
import { closePart, filesOfCheckout } from './files.mjs';

const literal = /"((?:[^"\\]|\\.)*)"/g;
const plain = (text) => text.replace(/\\(.)/g, '$1');

/** Names of tests in C++ (literals that stand side by side are one), in JavaScript and in TypeScript. */
export function testNames(files) {
    const names = new Set();
    for (const [path, text] of files) {
        if (/_test\.cpp$/.test(path)) {
            for (const [, literals] of text.matchAll(/\bTEST_CASE(?:_FIXTURE|_TEMPLATE)?\(\s*(?:\w+,\s*)?((?:"(?:[^"\\]|\\.)*"\s*)+)[,)]/g)) {
                names.add([...literals.matchAll(literal)].map(([, piece]) => plain(piece)).join(''));
            }
        } else if (/(_test|\.test|\.spec)\.(mjs|ts)$/.test(path)) {
            for (const [, , name] of text.matchAll(/\b(?:test|it)\(\s*(['"`])((?:\\.|(?!\1).)*)\1/g)) names.add(plain(name));
            // A table of cases whose first column names them.
            for (const [, name] of text.matchAll(/^ {4}\['((?:[^'\\]|\\.)*)', /gm)) names.add(plain(name));
        }
    }
    return names;
}

export function unknownTests(document, names) {
    return [...document.matchAll(/“([^”]*)”/g)]
        .map(([, name]) => name.replace(/\s+/g, ' '))
        .filter((name) => !names.has(name))
        .map((name) => `no test is called “${name}”`);
}

/** A document without names proves nothing. */
export function tooFew(document, least) {
    const count = new Set([...document.matchAll(/“([^”]*)”/g)].map(([, name]) => name)).size;
    return count < least ? [`only ${count} tests are named, ${least} expected`] : [];
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
    const files = filesOfCheckout();
    const document = files.get('docs/security.md') ?? '';
    closePart([['security', [...unknownTests(document, testNames(files)), ...tooFew(document, 60)]]]);
}
