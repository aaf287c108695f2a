// SPDX-License-Identifier: EUPL-1.2
// The three files of the staff app with fixed names: the shell, the service worker and the manifest.
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const hashOf = (text) => createHash('sha256').update(text).digest('hex').slice(0, 8);

/** What the entry of the app needs, as names in dist. */
function builtFiles(dist) {
  const path = join(dist, 'vite-manifest-app.json');
  const built = JSON.parse(readFileSync(path, 'utf8'));
  rmSync(path);
  const entry = built['src/app.ts'];
  if (!entry?.css?.[0]) throw new Error('the build made no app with a style sheet');
  const all = Object.values(built).flatMap(({ file, css = [], assets = [] }) => [file, ...css, ...assets]);
  return { script: entry.file, style: entry.css[0], all: [...new Set(all)].sort() };
}

function page(script, style, icon) {
  return `<!doctype html>
<html lang="nl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="theme-color" content="#0E4A37" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#0A2A1F" media="(prefers-color-scheme: dark)">
<meta name="color-scheme" content="light dark">
<title>Kringwerk balie</title>
<link rel="manifest" href="/app/manifest.webmanifest">
<link rel="icon" href="/static/${icon}" type="image/svg+xml">
<link rel="stylesheet" href="/static/${style}">
<script type="module" src="/static/${script}"></script>
</head>
<body>
<div id="app"></div>
<noscript><p>Voor de balie heeft deze browser JavaScript nodig. Zet het aan, of neem een andere browser.</p></noscript>
</body>
</html>
`;
}

function manifest(icon) {
  return {
    name: 'Kringwerk balie',
    short_name: 'Balie',
    lang: 'nl',
    start_url: '/app',
    scope: '/app',
    display: 'standalone',
    background_color: '#F6F8F4',
    theme_color: '#0E4A37',
    icons: [{ src: `/static/${icon}`, sizes: 'any', type: 'image/svg+xml', purpose: 'any maskable' }],
  };
}

/** Writes app.html, app.webmanifest and sw.js into `dist`. */
export function writeAppShell(web, dist) {
  const { script, style, all } = builtFiles(dist);
  const drawing = readFileSync(join(web, 'src/app/mark.svg'), 'utf8');
  const icon = `mark-${hashOf(drawing)}.svg`;
  writeFileSync(join(dist, icon), drawing);
  const html = page(script, style, icon);
  writeFileSync(join(dist, 'app.html'), html);
  writeFileSync(join(dist, 'app.webmanifest'), JSON.stringify(manifest(icon), null, 1) + '\n');
  const assets = JSON.stringify([...all, icon].map((name) => `/static/${name}`));
  const worker = readFileSync(join(web, 'src/app/service_worker.js'), 'utf8');
  const filled = worker.replace('__ASSETS__', assets).replace('__VERSION__', hashOf(worker + html + assets));
  writeFileSync(join(dist, 'sw.js'), filled);
}

/** Served under a fixed name, and not from /static/. */
export const fixedNames = ['app.html', 'app.webmanifest', 'sw.js'];
