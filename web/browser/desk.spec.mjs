// SPDX-License-Identifier: EUPL-1.2
// The pages that take something in, and those that show one thing, in every width, language and colour:
// from an empty folder, as its first manager meets them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, assertFits, assertGoodLooks, assertNothingCut, laptop, onPage, phone, smallest, startBrowser } from './browser.mjs';
import { findProgram, startEmpty } from './program.mjs';

const binary = findProgram();
const skip = binary === null ? 'kringwerk is not built: cmake --build build/dev --target kringwerk' : false;
const languages = ['nl', 'en'];
const desk = '/centra/werkplaats-noord/balie';
const forms = ['wegen', 'verkopen', 'weggeven', 'sorteren', 'afvoeren', 'versturen', 'ontvangen', 'tellen', 'rechtzetten', 'oplossen', 'maand'];

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

function visit(path, options, look) {
  const cookies = options.guest ? undefined : [{ name: 'kw_session', value: program.token }];
  return onPage(browser, program.address + path, { bypassCSP: true, cookies, ...options }, look);
}

/** One page in both languages and every look. */
async function looksGood(path, name, options = {}) {
  for (const language of languages) {
    const address = path + (path.includes('?') ? '&' : '?') + `taal=${language}`;
    await visit(address, options, (page) => assertGoodLooks(page, `${name}-${language}`));
  }
}

/** Sends the form of a page as it stands after `fill`, and looks at what comes of it. */
async function send(path, fill, look) {
  await visit(path, {}, async (page) => {
    await fill(page);
    await Promise.all([page.waitForNavigation(), page.locator('main form button[type=submit]').first().click()]);
    await look(page);
  });
}

async function weigh(page, kg) {
  await page.locator('#stream input[value=furniture]').check();
  await page.fill('#kg', kg);
}

test('the list of centres before there is any', { skip }, () => looksGood('/centra', 'centres-empty', { guest: true }));
test('the home page before anything is booked', { skip }, () => looksGood('/', 'home-empty', { guest: true }));
test('signing in', { skip }, () => looksGood('/aanmelden', 'sign-in', { guest: true }));

test('signing in with a key that opens nothing says what to do', { skip }, async () => {
  const options = { bypassCSP: true, status: 200 };
  await onPage(browser, program.address + '/aanmelden', options, async (page) => {
    await page.locator('main details', { has: page.locator('#key') }).locator('summary').click();
    await page.fill('#key-token', 'kw_0000000000000000000000000000000000000000');
    await Promise.all([page.waitForNavigation(), page.locator('#key button[type=submit]').click()]);
    await assertGoodLooks(page, 'sign-in-refused');
  });
});

test('a new centre', { skip }, async () => {
  await looksGood('/centra/nieuw', 'new-centre');
  await visit('/centra/nieuw', { status: 200 }, async (page) => {
    await Promise.all([page.waitForNavigation(), page.locator('main form button[type=submit]').click()]);
    await assertGoodLooks(page, 'new-centre-refused');
    await page.fill('#name', 'Werkplaats Noord');
    await page.fill('#municipality', 'Buren');
    await page.fill('#place', 'Maurik');
    await Promise.all([page.waitForNavigation(), page.locator('main form button[type=submit]').click()]);
    assert.equal(new URL(page.url()).pathname, desk);
  });
});

for (const form of forms) {
  test(`the form "${form}" with nothing booked yet`, { skip }, () => looksGood(`${desk}/${form}`, `desk-${form}`));
}

test('what was weighed is said back, and so are all wrong fields at once', { skip }, async () => {
  await send(`${desk}/wegen`, (page) => weigh(page, '137,5'), async (page) => {
    assert.match(page.url(), /gedaan=\d/);
    await assertGoodLooks(page, 'desk-done');
  });
  await visit(`${desk}/wegen?taal=en`, { status: 200 }, async (page) => {
    await page.fill('#kg', 'a lot');
    await Promise.all([page.waitForNavigation(), page.locator('main form button[type=submit]').first().click()]);
    assert.ok((await page.locator('#error-summary a').count()) >= 2);
    await assertGoodLooks(page, 'desk-wrong');
  });
});

test('the story of a booking that was set right, and of what set it right', { skip }, async () => {
  await visit(`${desk}/rechtzetten?boeking=1`, {}, async (page) => {
    await assertGoodLooks(page, 'desk-reverse-one');
    const reason = page.locator('main form [name=reason]');
    if ((await reason.first().evaluate((field) => field.tagName)) === 'SELECT') await reason.selectOption({ index: 1 });
    else await reason.first().check();
    await Promise.all([page.waitForNavigation(), page.locator('main form button[type=submit]').first().click()]);
  });
  await looksGood('/centra/werkplaats-noord/boekingen/1', 'story-reversed');
  await looksGood('/centra/werkplaats-noord/boekingen/2', 'story-reversal');
  await looksGood('/centra/werkplaats-noord/boekingen?periode=2026', 'movements-own');
});

test('pages of a centre with something booked, and the list of centres with one', { skip }, async () => {
  await send(`${desk}/wegen`, (page) => weigh(page, '80'), async (page) => assert.match(page.url(), /gedaan=\d/));
  await looksGood('/centra', 'centres');
  await looksGood('/centra/werkplaats-noord', 'centre-own');
});

test('scales: none yet, one that is not there, a line that was tried', { skip }, async () => {
  const scales = '/centra/werkplaats-noord/weegschalen';
  // Patterns are written with braces, so that the check for open holes is not for this page.
  const look = async (page, name) => {
    for (const viewport of [laptop, phone, smallest]) {
      await page.setViewportSize(viewport);
      await assertFits(page, `${name} at ${viewport.width} px`);
      await assertNothingCut(page, `${name} at ${viewport.width} px`);
    }
    await assertAccessible(page, name);
  };
  await visit(scales, {}, (page) => look(page, 'scales-none'));
  await visit('/centra/werkplaats-noord/inrichten', {}, async (page) => {
    const typed = { name: 'Weegbrug', place: 'poort', host: '127.0.0.1', port: '9', most: '60000', step: '20' };
    for (const [name, value] of Object.entries(typed)) await page.fill(`#scale-${name}`, value);
    await Promise.all([page.waitForNavigation(), page.click('text=Weegschaal toevoegen')]);
  });
  await visit(scales, { status: 200 }, async (page) => {
    assert.equal(await page.locator('[data-island=scale] .chip').innerText(), 'geen verbinding');
    await look(page, 'scales-silent');
    await page.selectOption('#line_trial-profile', 'pattern');
    await page.fill('#line_trial-pattern', '{weight} {unit}');
    await page.fill('#line_trial-line', '18,26 kg');
    await Promise.all([page.waitForNavigation(), page.click('text=Lees deze regel')]);
    assert.match(await page.locator('main [role=status]').first().innerText(), /18,26/);
    await look(page, 'scales-tried');
    await page.fill('#line_trial-line', 'achttien');
    await Promise.all([page.waitForNavigation(), page.click('text=Lees deze regel')]);
    assert.equal(await page.evaluate(() => document.activeElement.id), 'error-summary');
    await look(page, 'scales-not-read');
  });
});

test('what a search finds, and when it finds nothing', { skip }, async () => {
  await looksGood('/zoek', 'search');
  await looksGood('/zoek?q=noord', 'search-found');
  await looksGood('/zoek?q=niets-dat-er-is', 'search-nothing');
  await looksGood('/zoek?q=a', 'search-short');
});

test('who may not see a centre is told how to get in', { skip }, () =>
  looksGood('/centra/werkplaats-noord/boekingen', 'closed', { guest: true, status: 403 }));

test('a chosen language stays when the visitor goes on', { skip }, async () => {
  await visit('/?taal=en', { guest: true }, async (page) => {
    const [cookie] = (await page.context().cookies()).filter(({ name }) => name === 'taal');
    assert.equal(cookie.value, 'en');
    assert.equal(cookie.path, '/');
    assert.equal(cookie.sameSite, 'Lax');
    const days = (cookie.expires - Date.now() / 1000) / 86_400;
    assert.ok(days > 360 && days < 367, `${days} days`);
    await page.goto(program.address + '/centra');
    assert.equal(await page.locator('html').getAttribute('lang'), 'en');
    await page.goto(program.address + '/centra?taal=nl');
    await page.goto(program.address + '/');
    assert.equal(await page.locator('html').getAttribute('lang'), 'nl');
  });
});

test('without a choice of language nothing is kept in the browser', { skip }, () =>
  visit('/', { guest: true }, async (page) => assert.deepEqual(await page.context().cookies(), [])));
