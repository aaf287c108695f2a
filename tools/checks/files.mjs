// SPDX-License-Identifier: EUPL-1.2
// Reading the checkout, for the checks beside this file.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const readable = /\.(cpp|hpp|ts|mjs|js|svelte|css|html|mustache|sql|cmake|json|csv|toml|yml|md|txt|sh)$|^(run|test|\.ci\/run|tools\/[a-z/]+|LICENSE|\.clang-format|\.gitignore)$/;
const made_by_others = /^(LICENSE|web\/package-lock\.json)$|(^|\/)golden\//;

/** Path to text of each file that people write here: known to git, or new and not ignored. */
export function filesOfCheckout() {
    const names = execFileSync('git', ['-c', 'safe.directory=*', 'ls-files', '-z', '--cached', '--others', '--exclude-standard'], { maxBuffer: 1 << 26 });
    const files = new Map();
    for (const name of names.toString().split('\0')) {
        if (readable.test(name) && !made_by_others.test(name) && existsSync(name)) files.set(name, readFileSync(name, 'utf8'));
    }
    return files;
}

/** The part of C++ text that the compiler sees: comments become spaces, lines stay where they are. */
export function withoutComments(text) {
    const pattern = /R"(\w*)\([\s\S]*?\)\1"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])'|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;
    return text.replace(pattern, (found) => (found.startsWith('/') ? found.replace(/[^\n]/g, ' ') : found));
}

/** Prints the complaints of named rules and closes in the form that ./test reads. */
export function closePart(rules) {
    let failed = 0;
    for (const [rule, complaints] of rules) {
        if (complaints.length > 0) failed += 1;
        for (const complaint of complaints.slice(0, 40)) console.log(`FAILED: ${rule}: ${complaint}`);
        if (complaints.length > 40) console.log(`  and ${complaints.length - 40} more`);
    }
    console.log(`${rules.length - failed} passed, ${failed} failed, 0 skipped`);
    process.exitCode = failed > 0 ? 1 : 0;
}
