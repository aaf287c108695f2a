// SPDX-License-Identifier: EUPL-1.2
// A new version of the app is taken silently, and only while nothing is half typed.

export function startWorker(untouched: () => boolean): void {
  if (!('serviceWorker' in navigator)) return;
  const workers = navigator.serviceWorker;
  const had = workers.controller !== null;
  let changed = false;
  void workers.register('/app/sw.js', { scope: '/app', updateViaCache: 'none' }).then((registration) => {
    workers.addEventListener('controllerchange', () => (changed = had));
    setInterval(() => {
      if (!untouched()) return;
      if (changed) location.reload();
      else if (had) registration.waiting?.postMessage('take-over');
    }, 5000);
    setInterval(() => void registration.update().catch(() => undefined), 30 * 60_000);
  }, () => undefined);
}
