// SPDX-License-Identifier: EUPL-1.2
// A tablet of the example network, as the tests of the staff app hold it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';

export const tablet = { width: 1024, height: 768 };

/** An access code that opens everything in a running server's own data. */
export function fullToken(program, data) {
  const said = execFileSync(program, ['admin', 'token', '--name', 'test', '--everything', '--data', data], { encoding: 'utf8' });
  return /kw_\w+/.exec(said)[0];
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

/** Person tile, four digits: who stands at the counter. */
export async function enter(page, person, pin = '2580') {
  await page.getByRole('button', { name: person }).click();
  for (const digit of pin) await page.keyboard.press(digit);
  await page.getByRole('heading', { name: 'Waarvoor?' }).waitFor();
}

/** A car of one thing, typed on the keyboard; gives milliseconds. */
export async function car(page, lane, stream, kilograms) {
  const begun = performance.now();
  await page.getByRole('button', { name: lane, exact: true }).click();
  await page.getByRole('button', { name: stream, exact: true }).click();
  await page.keyboard.type(kilograms, { delay: 45 });
  await page.getByRole('button', { name: /^Klaar/ }).click();
  return performance.now() - begun;
}

/** What the browser's storage holds of one kind. */
export function stored(page, store) {
  return page.evaluate(
    (name) =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('kringwerk');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const all = opening.result.transaction(name).objectStore(name).getAll();
          all.onsuccess = () => { opening.result.close(); resolve(all.result); };
          all.onerror = () => reject(all.error);
        };
      }),
    store,
  );
}

/** Waits until nothing is left to send. */
export async function allSent(page, most = 60_000) {
  await page.getByText('Alles verstuurd').first().waitFor({ timeout: most });
  assert.equal((await stored(page, 'outbox')).length, 0);
}
