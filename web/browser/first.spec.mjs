// SPDX-License-Identifier: EUPL-1.2
// From an empty folder to the first weighing, by what a newcomer sees on the screen: link, account, centre,
// organisation, person with a PIN, device, car.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertGoodLooks, laptop, startBrowser } from './browser.mjs';
import { enter, waiting } from './counter.mjs';
import { findProgram, startEmpty } from './program.mjs';

const binary = findProgram();
const skip = binary === null ? 'kringwerk is not built: cmake --build build/dev --target kringwerk' : false;

let browser;
let program;

before(async () => {
  if (skip) return;
  program = await startEmpty(binary);
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  await program?.stop();
});

test('a newcomer comes from an empty folder to the first weighing in less than five minutes', { skip }, async () => {
  const context = await browser.newContext({ viewport: laptop, locale: 'nl-NL', bypassCSP: true });
  const page = await context.newPage();
  let clicks = 0;
  const send = async (form, button) => {
    clicks += 1;
    await Promise.all([page.waitForNavigation(), form.getByRole('button', { name: button }).click()]);
  };
  const follow = async (name) => {
    clicks += 1;
    await Promise.all([page.waitForNavigation(), page.getByRole('link', { name }).first().click()]);
  };
  const formWith = (title) => page.locator('form', { has: page.getByRole('heading', { name: title }) });
  try {
    assert.ok(program.welcome, 'serve prints a link for the first administrator');
    const begun = performance.now();
    await page.goto(program.welcome);
    await assertGoodLooks(page, 'first-welcome');
    const first = formWith('De eerste beheerder');
    await first.getByLabel('Je naam').fill('Mara');
    await first.getByLabel('E-mailadres').fill('mara@voorbeeld.nl');
    await first.getByLabel('Wachtwoord').fill('paard fiets maan');
    await send(first, 'Begin');

    await page.fill('#name', 'Werkplaats Noord');
    await page.fill('#municipality', 'Buren');
    await page.fill('#place', 'Maurik');
    await send(page.locator('main'), /./);
    await follow('Centrum inrichten');
    const organisation = page.locator('form:has([name=organisation])');
    await organisation.locator('[name=organisation]').fill('Stichting Noord');
    clicks += 1;
    await Promise.all([page.waitForNavigation(), organisation.locator('button[type=submit]').first().click()]);

    await page.goBack();
    await page.goBack();
    await follow('Mensen en hun rollen');
    const worker = formWith('Voeg iemand zonder e-mail toe');
    await worker.getByLabel('Naam').fill('Noor');
    await worker.getByLabel('Pincode').fill('4711');
    await send(worker, 'Voeg toe');
    await follow('Apparaten');
    const device = formWith('Dit apparaat zelf koppelen');
    await device.getByLabel('Naam van dit apparaat').fill('tablet poort');
    await send(device, 'Koppel dit apparaat');

    await enter(page, 'Noor', '4711');
    await page.getByRole('button', { name: 'Hergebruik', exact: true }).click();
    await page.getByRole('button', { name: 'Meubels', exact: true }).click();
    await page.keyboard.type('42,5', { delay: 45 });
    await page.getByRole('button', { name: /^Klaar/ }).click();
    clicks += 4;
    await waiting(page, 0);
    const took = (performance.now() - begun) / 1000;

    await page.goto(`${program.address}/centra/werkplaats-noord/poort`);
    await page.getByText('42,5').first().waitFor();
    await assertGoodLooks(page, 'first-gate-day');
    assert.ok(took < 300, `${took} s`);
    console.log(`# first run: ${clicks} clicks, ${took.toFixed(1)} s in the hands of a machine`);
  } finally {
    await context.close();
  }
});
