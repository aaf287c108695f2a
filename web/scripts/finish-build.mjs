// SPDX-License-Identifier: EUPL-1.2
// After Vite: the staff app and its shell, manifest.json (plain name to hashed name), icons.json (the
// drawings that pages use) and a .br and .gz beside each text file. Only then the whole takes the place of dist/, so that a
// C++ build beside it never meets half of it.
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'vite';
import { fixedNames, writeAppShell } from './app-shell.mjs';
import { namesUsed } from './icon-names.mjs';

const web = fileURLToPath(new URL('..', import.meta.url));
const dist = join(web, 'node_modules/.dist-new');
const drawings = join(web, 'node_modules/@phosphor-icons/core/assets');

function writeManifest() {
  const built = JSON.parse(readFileSync(join(dist, 'vite-manifest.json'), 'utf8'));
  const names = {};
  for (const [source, { file }] of Object.entries(built)) {
    if (source === 'src/site.css') names['site.css'] = file;
    if (source === 'src/islands.ts') names['islands.js'] = file;
    if (source.endsWith('/atkinson-hyperlegible-next-latin-wght-normal.woff2')) names['font.woff2'] = file;
  }
  for (const name of ['site.css', 'islands.js', 'font.woff2']) {
    if (!names[name]) throw new Error(`the build made no ${name}`);
  }
  rmSync(join(dist, 'vite-manifest.json'));
  writeFileSync(join(dist, 'manifest.json'), JSON.stringify(names, null, 1) + '\n');
}

/** What stands between <svg> and </svg>. */
function drawing(style, name) {
  const file = join(drawings, style, `${name}-${style}.svg`);
  const match = /^<svg [^>]*>(.*)<\/svg>\s*$/s.exec(readFileSync(file, 'utf8'));
  if (!match) throw new Error(`not a drawing as expected: ${file}`);
  return match[1];
}

function writeIcons() {
  const used = namesUsed(join(web, '..'), (name) => existsSync(join(drawings, 'bold', `${name}-bold.svg`)));
  const icons = {};
  for (const style of ['bold', 'duotone']) {
    icons[style] = Object.fromEntries(used[style].map((name) => [name, drawing(style, name)]));
  }
  writeFileSync(join(dist, 'icons.json'), JSON.stringify(icons) + '\n');
}

function compress() {
  const text = new Set(['.css', '.js', '.svg', '.json']);
  for (const name of readdirSync(dist)) {
    if (!text.has(extname(name)) || ['manifest.json', 'icons.json', ...fixedNames].includes(name)) continue;
    const content = readFileSync(join(dist, name));
    const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
    writeFileSync(join(dist, `${name}.br`), brotliCompressSync(content, brotli));
    writeFileSync(join(dist, `${name}.gz`), gzipSync(content, { level: 9 }));
  }
}

await build({ root: web, configFile: join(web, 'vite.config.ts'), mode: 'app', logLevel: 'warn' });
writeAppShell(web, dist);
writeManifest();
writeIcons();
compress();
const old = join(web, 'node_modules/.dist-old');
rmSync(old, { recursive: true, force: true });
if (existsSync(join(web, 'dist'))) renameSync(join(web, 'dist'), old);
renameSync(dist, join(web, 'dist'));
rmSync(old, { recursive: true, force: true });
for (const name of readdirSync(join(web, 'dist')).sort()) {
  console.log(name.padEnd(64), statSync(join(web, 'dist', name)).size);
}
