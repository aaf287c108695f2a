// SPDX-License-Identifier: EUPL-1.2
// The pages of the real program, as a visitor meets them.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { assertAccessible, assertFits, desktop, onPage, phone, smallest, startBrowser } from './browser.mjs';
import { findProgram, startProgram } from './program.mjs';

const binary = findProgram();
const skip = binary === null ? 'kringwerk is not built: cmake --build build/dev --target kringwerk' : false;
const screenshots = process.env.KRINGWERK_SCREENSHOTS === '1';

let browser;
let program;
/** Addresses of one page of each kind, found by following links as a reader would. */
const paths = {};

async function firstLink(path, pattern) {
  const html = await (await fetch(program.address + path)).text();
  const links = [...html.matchAll(/href="([^"#]+)"/g)].map(([, link]) => link.replaceAll('&amp;', '&'));
  const found = links.find((link) => pattern.test(link));
  assert.ok(found, `${path} links to ${pattern}`);
  return found;
}

async function keep(page, name) {
  if (!screenshots) return;
  const folder = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: `${folder}${name}.png`, fullPage: true });
}

before(async () => {
  if (skip) return;
  program = await startProgram(binary);
  browser = await startBrowser();
  paths.home = '/';
  paths.figure = await firstLink('/', /^\/cijfers\//);
  paths.centres = '/centra';
  paths.centre = await firstLink('/centra', /^\/centra\/[^/?]+$/);
  paths.day = await firstLink(paths.centre, /\/dagen\/\d{4}-\d\d-\d\d/);
  paths.month = await firstLink(paths.centre, /\/maanden\/\d{4}-\d\d/);
  paths.movements = await firstLink(paths.day, /\/boekingen(\?|$)/);
  paths.movement = await firstLink(paths.movements, /\/boekingen\/\d+/);
  const repaired = `${paths.centre}/boekingen?periode=${/\d{4}-\d\d/.exec(paths.month)[0]}&cijfer=gerepareerd`;
  paths.item = await firstLink(await firstLink(repaired, /\/boekingen\/\d+/), /^\/dingen\//);
  paths.search = '/zoek?q=niets-dat-er-is';
  paths.counting = '/zo-rekenen-we';
  paths.categories = '/soorten?q=k'; // a search opens the streams
  paths.category = '/soorten/602';
  paths.signIn = '/aanmelden';
  paths.tablet = '/tablet';
});

after(async () => {
  await browser?.close();
  await program?.stop();
});

const kinds = ['home', 'figure', 'centres', 'centre', 'day', 'month', 'movements', 'movement', 'item', 'search', 'counting', 'categories', 'category', 'signIn', 'tablet'];

for (const kind of kinds) {
  test(`${kind}: accessible, quiet and within the screen, on a desktop in light and a phone in dark`, { skip }, async () => {
    const url = program.address + paths[kind];
    for (const options of [
      { viewport: desktop, colorScheme: 'light', bypassCSP: true },
      { viewport: phone, colorScheme: 'dark', bypassCSP: true },
    ]) {
      await onPage(browser, url, options, async (page) => {
        await assertFits(page, url);
        await assertAccessible(page, url);
        assert.equal(await page.locator('h1').count(), 1, `${url} has one h1`);
      });
    }
  });

  test(`${kind}: fits the narrowest phone, with the policy on scripts and styles in force`, { skip }, async () => {
    const url = program.address + paths[kind];
    await onPage(browser, url, { viewport: smallest }, async (page) => assertFits(page, url));
  });

  test(`${kind}: the same page in English, complete`, { skip }, async () => {
    const url = program.address + paths[kind];
    await onPage(browser, url, { javaScriptEnabled: false }, async (page) => {
      const other = await page.locator('.other-language').getAttribute('href');
      const answer = await page.goto(program.address + other);
      assert.equal(answer.status(), 200);
      assert.equal(await page.locator('html').getAttribute('lang'), 'en');
      assert.equal(new URL(page.url()).pathname, new URL(url).pathname);
      const text = await page.locator('body').innerText();
      assert.doesNotMatch(text, /\[\[|\{\{|\{\w+\}/, 'no hole or code is left open');
    });
  });
}

test('no link of these pages leads nowhere', { skip }, async () => {
  const seen = new Map();
  for (const kind of kinds) {
    const html = await (await fetch(program.address + paths[kind])).text();
    for (const [, link] of html.matchAll(/href="(\/[^"#]*)/g)) seen.set(link.replaceAll('&amp;', '&'), paths[kind]);
  }
  const dead = [];
  for (const [link, from] of seen) {
    const answer = await fetch(program.address + link, { headers: { accept: 'text/html' } });
    await answer.arrayBuffer();
    if (answer.status !== 200) dead.push(`${answer.status} ${link} on ${from}`);
  }
  assert.deepEqual(dead, []);
});

test('a page that is not there says where to go instead', { skip }, async () => {
  await onPage(browser, program.address + '/nergens', { status: 404, bypassCSP: true }, async (page) => {
    await assertAccessible(page, '404');
    assert.ok((await page.locator('main a').count()) >= 1);
  });
});

test('the public home is light enough for a slow phone', { skip }, async () => {
  const sizes = { fonts: 0, rest: 0 };
  const context = await browser.newContext({ viewport: phone });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  const kind = new Map();
  session.on('Network.responseReceived', ({ requestId, type }) => kind.set(requestId, type));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    sizes[kind.get(requestId) === 'Font' ? 'fonts' : 'rest'] += encodedDataLength;
  });
  await page.goto(program.address + '/', { waitUntil: 'networkidle' });
  await context.close();
  assert.ok(sizes.rest < 60_000, `without fonts ${sizes.rest} bytes`);
  assert.ok(sizes.rest + sizes.fonts < 120_000, `with fonts ${sizes.rest + sizes.fonts} bytes`);
});

test('a keyboard reaches the content first, and the definition of a figure', { skip }, async () => {
  await onPage(browser, program.address + '/', { viewport: desktop }, async (page) => {
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
    const summary = page.locator('.figure summary').first();
    await summary.focus();
    await page.keyboard.press('Enter');
    assert.ok(await page.locator('.figure details').first().evaluate((details) => details.open));
  });
});

test('a figure opens down to a booking and its hash, by links alone', { skip }, async () => {
  await onPage(browser, program.address + paths.day, { javaScriptEnabled: false }, async (page) => {
    await page.locator('a[href*="/boekingen"]').first().click();
    await page.locator('main a[href*="/boekingen/"]').first().click();
    assert.match(await page.locator('main').innerText(), /[0-9a-f]{64}/);
  });
});

test('on paper the page stands on white, without the frame around it', { skip }, async () => {
  await onPage(browser, program.address + '/', { colorScheme: 'dark' }, async (page) => {
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    assert.equal(ground, 'rgb(255, 255, 255)');
    assert.equal(await page.locator('.site-header').isVisible(), false);
  });
});

test('pictures for the documentation', { skip: skip || (screenshots ? false : 'only with KRINGWERK_SCREENSHOTS=1') }, async () => {
  const shots = [
    ['home-desktop', paths.home, desktop],
    ['home-phone', paths.home, phone],
    ['day-desktop', paths.day, desktop],
    ['story-phone', paths.movement, phone],
  ];
  for (const [name, path, viewport] of shots) {
    await onPage(browser, program.address + path, { viewport }, (page) => keep(page, name));
  }
});
