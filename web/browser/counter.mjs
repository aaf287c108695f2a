// SPDX-License-Identifier: EUPL-1.2
// A tablet of the example network, and the network between it and the server.
import assert from 'node:assert/strict';
import { createServer, request } from 'node:http';
import { startBrowser } from './browser.mjs';
import { findProgram, fullToken, startProgram } from './program.mjs';

export const tablet = { width: 1024, height: 768 };

export const binary = findProgram();
export const skip = binary === null ? 'kringwerk is not built: cmake --build build/dev --target kringwerk' : false;
/** The centre of the example network at whose gate these tests stand. */
export const slug = 'circulair-centrum-de-wisselplaats';

/** The program with the example network, a token for everything, and a browser. */
export async function openExample() {
  const program = await startProgram(binary);
  const token = fullToken(binary, program.data);
  const browser = await startBrowser();
  const { centres } = await (await fetch(`${program.address}/api/v1/centres`)).json();
  const centre = centres.find((one) => one.slug === slug || one.name === 'Circulair Centrum De Wisselplaats').id;
  return { program, token, browser, centre };
}

export async function closeExample(gate) {
  await gate?.browser.close();
  await gate?.program.stop();
}

/** Stands between browser and server: can be cut, and can make a new version of the app out of the old one. */
export async function startNetwork(address) {
  const network = { down: false, version: '' };
  const server = createServer((asked, answer) => {
    if (network.down) return void asked.socket.destroy();
    const onwards = request(address + asked.url, { method: asked.method, headers: asked.headers }, (given) => {
      const renewed = asked.url === '/app/sw.js' && network.version !== '';
      const headers = { ...given.headers };
      if (renewed) delete headers['content-length'];
      answer.writeHead(given.statusCode, headers);
      if (!renewed) return void given.pipe(answer);
      let text = '';
      given.setEncoding('utf8');
      given.on('data', (part) => (text += part));
      given.on('end', () => answer.end(text.replace(/const version = '(\w+)'/, `const version = '$1${network.version}'`)));
    });
    onwards.on('error', () => answer.destroy());
    answer.on('close', () => onwards.destroy());
    asked.pipe(onwards);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  network.address = `http://127.0.0.1:${server.address().port}`;
  network.cut = () => {
    network.down = true;
    server.closeAllConnections();
  };
  network.mend = () => (network.down = false);
  network.stop = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return network;
}

/** Makes the browser of `context` a device of a centre, as its lead does on the page of devices. */
export async function pair(context, address, token, slug, name) {
  await context.addCookies([{ name: 'kw_session', value: token, url: address }]);
  const page = await context.newPage();
  await page.goto(`${address}/centra/${slug}/apparaten`);
  const form = page.locator('form:has(input[name=what][value=pair_this])');
  await form.locator('input[name=name]').fill(name);
  await Promise.all([page.waitForURL('**/app'), form.locator('button[type=submit]').first().click()]);
  await page.close();
  await context.clearCookies({ name: 'kw_session' });
}

/** Person tile and four digits: who stands at the counter. */
export async function enter(page, person, pin = '2580') {
  await page.getByRole('button', { name: person }).click();
  await page.keyboard.type(pin, { delay: 45 }); // slower than a scanner
  await page.getByRole('heading', { name: /Waarvoor/ }).waitFor();
}

/** A counter on a device of its own with somebody at it; whatever its pages say as an error fails the test. */
export async function atCounter(browser, { address, token, slug, name, viewport = tablet, person = 'Poortmedewerker B' }, work) {
  const context = await browser.newContext({ viewport, locale: 'nl-NL', bypassCSP: true });
  try {
    await pair(context, address, token, slug, name);
    const page = await context.newPage();
    const trouble = [];
    page.on('pageerror', (error) => trouble.push(String(error)));
    await page.goto(`${address}/app`);
    await enter(page, person);
    await work(page);
    assert.deepEqual(trouble, []);
  } finally {
    await context.close();
  }
}

/** A car of one thing, its weight typed on the keyboard. */
export async function car(page, lane, stream, kilograms) {
  await page.getByRole('button', { name: lane, exact: true }).click();
  await page.getByRole('button', { name: stream }).first().click();
  await page.keyboard.type(kilograms, { delay: 40 });
  await page.getByRole('button', { name: /^Klaar/ }).click();
}

/** All that the browser keeps of one kind. */
export function stored(page, drawer) {
  return page.evaluate(
    (name) =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('kringwerk');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const asked = opening.result.transaction(name).objectStore(name).getAll();
          asked.onerror = () => reject(asked.error);
          asked.onsuccess = () => {
            opening.result.close();
            resolve(asked.result);
          };
        };
      }),
    drawer,
  );
}

/** Waits until the outbox holds so many. */
export async function waiting(page, count, most = 30_000) {
  const until = Date.now() + most;
  for (;;) {
    const kept = await stored(page, 'outbox');
    if (kept.length === count) return kept;
    if (Date.now() > until) throw new Error(`the outbox holds ${kept.length}, not ${count}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
