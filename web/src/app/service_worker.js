// SPDX-License-Identifier: EUPL-1.2
// Keeps the shell of the staff app and all it needs, so that a counter starts without network. The
// build fills in the two values. A new version waits until a page says that nothing is half typed.
const version = '__VERSION__';
const assets = JSON.parse('__ASSETS__');
const cacheName = `kringwerk-${version}`;
const shell = '/app';

async function keepAll() {
  const cache = await caches.open(cacheName);
  const answer = await fetch(shell, { cache: 'no-store' });
  const page = await answer.clone().text();
  // While the server changes versions, the page may not be the one that belongs to these assets.
  if (!answer.ok || !assets.some((asset) => asset.endsWith('.js') && page.includes(asset))) {
    throw new Error('the shell is of another version');
  }
  await cache.put(shell, answer);
  await cache.addAll(assets);
}

async function forgetOthers() {
  for (const name of await caches.keys()) {
    if (name.startsWith('kringwerk-') && name !== cacheName) await caches.delete(name);
  }
  await self.clients.claim();
}

async function keptOrFetched(key, request) {
  const cache = await caches.open(cacheName);
  return (await cache.match(key)) ?? fetch(request);
}

function isOfTheApp(url) {
  return url.pathname === shell || (url.pathname.startsWith(`${shell}/`) && !/\.(js|webmanifest)$/.test(url.pathname));
}

self.addEventListener('install', (event) => event.waitUntil(keepAll()));
self.addEventListener('activate', (event) => event.waitUntil(forgetOthers()));
self.addEventListener('message', (event) => {
  if (event.data === 'take-over') self.skipWaiting();
});
self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (event.request.mode === 'navigate' && isOfTheApp(url)) event.respondWith(keptOrFetched(shell, event.request));
  else if (assets.includes(url.pathname)) event.respondWith(keptOrFetched(url.pathname, event.request));
});
