// SPDX-License-Identifier: EUPL-1.2
// The gate as volunteers use it: on a tablet and a phone, with the scale, by keyboard, without network.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { assertAccessible, assertFits, phone, smallest } from './browser.mjs';
import { atCounter, binary, car, closeExample, enter, openExample, pair, skip, slug, startNetwork, stored, tablet, waiting } from './counter.mjs';
import { verify } from './program.mjs';

let gate;
let browser;
let program;
let token;
let centre;

before(async () => {
  if (skip) return;
  gate = await openExample();
  ({ browser, program, token, centre } = gate);
});

after(() => closeExample(gate));

/** The counter of a device of its own, with somebody at it. */
function atGate(name, viewport, work) {
  return atCounter(browser, { address: program.address, token, slug, name, viewport }, work);
}

async function movementsOf(day) {
  const found = [];
  let cursor = '';
  for (;;) {
    const query = `firstDay=${day}&lastDay=${day}&limit=500${cursor && `&cursor=${cursor}`}`;
    const answer = await fetch(`${program.address}/api/v1/centres/${centre}/movements?${query}`, { headers: { authorization: `Bearer ${token}` } });
    assert.equal(answer.status, 200);
    const page = await answer.json();
    found.push(...page.movements);
    if (!page.next_cursor) return found;
    cursor = page.next_cursor;
  }
}

async function lastVisit(page) {
  const done = await stored(page, 'done');
  return done.map((one) => one.action).sort((one, other) => other.sequence - one.sequence)[0];
}

test('a car with the scale takes four taps and less than ten seconds on a tablet', { skip }, () =>
  atGate('tablet van de proef', tablet, async (page) => {
    await page.getByText('staat stil').waitFor({ timeout: 40_000 });
    const begun = performance.now();
    await page.getByRole('button', { name: 'Hergebruik', exact: true }).click();
    await page.getByRole('button', { name: 'Huisraad', exact: true }).click();
    await page.getByText('staat stil').waitFor({ timeout: 40_000 });
    await page.getByRole('button', { name: 'Neem gewicht' }).click();
    await page.getByRole('button', { name: /^Klaar/ }).click();
    const took = performance.now() - begun;
    await page.getByText('Geboekt:').waitFor();
    await waiting(page, 0);
    const visit = await lastVisit(page);
    assert.equal(visit.body.taps, 4);
    assert.ok(took < 10_000, `${took} ms`);
    const [line] = visit.body.lines;
    assert.equal(line.basis, 'measured');
    assert.match(line.raw, /kg/, 'the raw line of the scale is kept');
    console.log(`# tablet, scale: ${visit.body.taps} taps, ${Math.round(took)} ms in the hands of a machine`);
  }));

test('a typed weight takes four taps and the digits on a phone', { skip }, () =>
  atGate('telefoon van de proef', phone, async (page) => {
    const begun = performance.now();
    await page.getByRole('button', { name: 'Hergebruik', exact: true }).click();
    await page.getByRole('button', { name: 'Meubels', exact: true }).click();
    const keypad = page.getByRole('button', { name: 'Typ het gewicht' });
    if (await keypad.isVisible()) await keypad.click();
    for (const key of ['4', '2', ',', '5']) await page.getByRole('button', { name: key === ',' ? 'Komma' : key, exact: true }).click();
    await page.getByRole('button', { name: /^Klaar/ }).click();
    const took = performance.now() - begun;
    await waiting(page, 0);
    const visit = await lastVisit(page);
    assert.equal(visit.body.lines[0].grams, 42_500);
    assert.ok(took < 10_000, `${took} ms`);
    console.log(`# phone, typed: ${visit.body.taps} taps with the digits, ${Math.round(took)} ms in the hands of a machine`);
  }));

test('the keyboard alone books a car of two things and a refusal', { skip }, () =>
  atGate('toetsenbord', tablet, async (page) => {
    const keyboard = page.keyboard;
    const press = async (...keys) => {
      for (const key of keys) await keyboard.press(key, { delay: 45 });
    };
    await press('F1', 'F2');
    await keyboard.type('18,4', { delay: 45 });
    await press('+', 'F1');
    await keyboard.type('42', { delay: 45 });
    await press('Enter');
    await waiting(page, 0);
    const visit = await lastVisit(page);
    assert.deepEqual(visit.body.lines.map(({ stream, grams }) => [stream, grams]), [['household', 18_400], ['furniture', 42_000]]);
    await press('F4', 'F5', 'Enter');
    await waiting(page, 0);
    const refusal = await lastVisit(page);
    assert.equal(refusal.kind, 'gate-refusal');
    assert.equal(refusal.body.reason, 'mattress');
  }));

test('wrong weights and half a postcode are said so, and stay as they were typed', { skip }, () =>
  atGate('vergissing', tablet, async (page) => {
    await page.getByRole('button', { name: 'Hergebruik', exact: true }).click();
    await page.getByRole('button', { name: 'Meubels', exact: true }).click();
    const field = page.getByLabel(/Gewicht in kilo/);
    await page.keyboard.type('1', { delay: 45 });
    for (const [typed, words] of [['-5', /onder nul/], ['1000000000', /te veel cijfers|kan niet in één keer|past niet/], ['12,5,5', /Hier staan twee leestekens/], ['18.500', /Is dit met een komma, of zijn het duizenden/], ['twaalf', /./], ['61000', /kan niet in één keer|past niet/]]) {
      await field.fill(typed);
      await page.getByRole('button', { name: /^Klaar/ }).click();
      const told = page.getByRole('alert').first();
      await told.waitFor();
      assert.match(await told.textContent(), words, typed);
      assert.equal(await field.inputValue({ timeout: 3000 }), typed);
    }
    assert.equal((await stored(page, 'outbox')).length, 0);
    await field.fill('12,5');
    await page.getByLabel('Postcode').fill('72');
    await page.getByRole('button', { name: /^Klaar/ }).click();
    await page.getByText('Een postcode heeft vier cijfers').waitFor();
    assert.equal(await page.getByLabel('Postcode').inputValue(), '72');
    await page.getByText('12,5').first().waitFor(); // weighed already, and still there
    await page.getByLabel('Postcode').fill('7201');
    await page.getByRole('button', { name: /^Klaar/ }).click();
    await page.getByText('Geboekt:').waitFor();
    await waiting(page, 0);
    assert.equal((await lastVisit(page)).body.postcode, '7201');
  }));

/** The whole of it lies on the screen, and nothing lies over it. */
const isInSight = (locator) =>
  locator.evaluate((element) => {
    const box = element.getBoundingClientRect();
    const corners = [[box.left + 8, box.top + 8], [box.right - 8, box.bottom - 8]];
    return corners.every(([x, y]) => element.contains(document.elementFromPoint(x, y)));
  });

test('on a phone half a postcode is told in sight, and what was booked covers no button', { skip }, async () => {
  for (const viewport of [phone, { width: 390, height: 640 }]) {
    await atGate(`in zicht ${viewport.height}`, viewport, async (page) => {
      await page.getByRole('button', { name: 'Hergebruik', exact: true }).click();
      await page.getByRole('button', { name: 'Meubels', exact: true }).click();
      await page.getByRole('button', { name: 'Typ het gewicht' }).click();
      await page.keyboard.type('12', { delay: 45 });
      await page.getByLabel('Postcode').fill('72');
      await page.getByRole('button', { name: /^Klaar/ }).click();
      const told = page.getByRole('alert').filter({ hasText: 'Een postcode heeft vier cijfers' });
      await told.waitFor();
      assert.ok(await isInSight(told), `the doubt at ${viewport.height}`);
      await page.getByLabel('Postcode').fill('7201');
      await page.getByRole('button', { name: /^Klaar/ }).click();
      await page.getByText('Geboekt:').waitFor();
      if (viewport === phone) for (const name of ['Een auto meer in de rij', 'Kan hier niet']) assert.ok(await isInSight(page.getByRole('button', { name })), name);
    });
  }
});

test('a thing that was searched for is named while it is weighed, and afterwards', { skip }, () =>
  atGate('wasmachine', tablet, async (page) => {
    const find = async (typed, name) => {
      await page.locator('dialog[open] input').fill(typed);
      await page.locator('.found').getByRole('button', { name }).first().click();
    };
    await page.getByRole('button', { name: 'Hergebruik', exact: true }).click();
    await page.getByRole('button', { name: 'Zoek', exact: true }).click();
    await find('droger', /^Wasdroger/);
    await page.getByRole('button', { name: /Kies iets anders dan Wasdroger/ }).click();
    await find('wasmachine', /^Wasmachine/);
    await page.getByRole('button', { name: 'Kies iets anders dan Wasmachine' }).waitFor();
    await page.keyboard.type('62', { delay: 45 });
    await page.getByRole('button', { name: /^Klaar/ }).click();
    await page.getByText('Geboekt:').waitFor();
    await waiting(page, 0);
    await page.getByRole('button', { name: 'Meer', exact: true }).click();
    await page.getByRole('button', { name: 'Vandaag', exact: true }).click();
    await page.locator('.rows .thing', { hasText: 'Wasmachine' }).first().waitFor();
  }));

test('undoing takes the car out of the books again', { skip }, () =>
  atGate('ongedaan', tablet, async (page) => {
    await car(page, 'Hergebruik', 'Speelgoed', '7');
    await page.getByRole('button', { name: 'Ongedaan' }).click();
    await waiting(page, 0);
    const undo = await lastVisit(page);
    assert.equal(undo.kind, 'gate-undo');
    const answer = await fetch(`${program.address}/api/v1/centres/${centre}/movements/${undo.body.visit}`, { headers: { authorization: `Bearer ${token}` } });
    assert.equal((await answer.json()).reversed_by, undo.id);
  }));

test('every screen of the gate is accessible and fits, in light and dark', { skip }, async () => {
  for (const viewport of [tablet, { width: 1180, height: 820 }, phone, smallest]) {
    await atGate(`kijker ${viewport.width}`, viewport, async (page) => {
      for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.waitForTimeout(300); // colours change slowly
        const look = async (what) => {
          await assertAccessible(page, `${what}, ${viewport.width}, ${colorScheme}`);
          await assertFits(page, `${what}, ${viewport.width}`);
        };
        await look('lanes');
        await page.getByRole('button', { name: 'Hergebruik', exact: true }).click();
        await look('streams');
        await page.getByRole('button', { name: 'Meubels', exact: true }).click();
        await look('weight');
        await page.keyboard.type('12', { delay: 45 });
        await look('typed');
        await page.keyboard.press('Backspace');
        await page.keyboard.press('Backspace');
        for (let i = 0; i < 4; ++i) await page.keyboard.press('Escape');
      }
    });
  }
});

/** A browser that keeps what it knows when it is killed, with a clock that is hours wrong. */
async function openTablet(folder, address, behind_ms) {
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: process.env.KRINGWERK_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run'],
    viewport: tablet,
    locale: 'nl-NL',
  });
  await context.addInitScript((shift) => {
    const Right = Date;
    globalThis.Date = class extends Right {
      constructor(...given) {
        if (given.length === 0) super(Right.now() - shift);
        else super(...given);
      }
      static now() {
        return Right.now() - shift;
      }
    };
  }, behind_ms);
  return { context, address };
}

async function openGate({ context, address }) {
  const page = await context.newPage();
  await page.goto(`${address}/app`);
  const first = page.getByRole('heading', { name: 'Waarvoor' });
  await page.getByRole('heading', { name: 'Kies jezelf' }).or(first).first().waitFor();
  // Whoever stood there a minute ago still does, also when the browser was killed in between.
  if (!(await first.isVisible())) await enter(page, 'Poortmedewerker B');
  return page;
}

/** As when the battery falls out. */
async function kill(folder, context) {
  const gone = new Promise((resolve) => context.once('close', resolve));
  execFileSync('pkill', ['-9', '-f', '--', `--user-data-dir=${folder}`]);
  await gone;
}

test('an hour without network: 200 cars, two killed browsers, a new version and a wrong clock lose nothing', { skip, timeout: 400_000 }, async () => {
  const network = await startNetwork(program.address);
  const folder = mkdtempSync(join(tmpdir(), 'kringwerk-tablet-'));
  const hours_behind = 5;
  const streams = ['Meubels', 'Huisraad', 'Textiel', 'Speelgoed', 'Fietsen'];
  let count = 0;
  const weigh = async (page, cars) => {
    for (let i = 0; i < cars; ++i) {
      await car(page, count % 7 === 6 ? 'Afval' : 'Hergebruik', streams[count % streams.length], String(10 + (count % 90)));
      count += 1;
      await waiting(page, count);
    }
  };
  try {
    let open = await openTablet(folder, network.address, hours_behind * 3_600_000);
    await pair(open.context, network.address, token, slug, 'tablet zonder netwerk');
    let page = await openGate(open);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.reload();
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await page.getByText(/Klok loopt 5 uur achter/).first().waitFor();
    network.cut();
    const paired_at = Date.now();
    await weigh(page, 70);
    // Browsers write cookies to the disk within half a minute; until then pairing is not for ever.
    await page.waitForTimeout(Math.max(0, paired_at + 33_000 - Date.now()));
    await kill(folder, open.context);

    open = await openTablet(folder, network.address, hours_behind * 3_600_000);
    page = await openGate(open);
    await waiting(page, 70);
    // A new version comes in the middle: there is network for the app, and still none for the deliveries.
    await page.context().route('**/api/**', (route) => route.abort());
    network.version = 'b';
    network.mend();
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration('/app')).update());
    await page.waitForFunction(async () => (await caches.keys()).some((name) => name.endsWith('b')), null, { timeout: 30_000 });
    network.cut();
    await page.context().unroute('**/api/**');
    await weigh(page, 65);
    await kill(folder, open.context);

    open = await openTablet(folder, network.address, hours_behind * 3_600_000);
    page = await openGate(open);
    await weigh(page, 65);
    const kept = (await waiting(page, 200)).map((one) => one.action ?? one).sort((one, other) => one.sequence - other.sequence);
    network.mend();
    await page.reload();
    await waiting(page, 0, 120_000);
    const names = await page.evaluate(() => caches.keys());
    assert.ok(names.some((name) => name.endsWith('b')), `the new version took over: ${names}`);
    await open.context.close();

    assert.deepEqual(kept.map((one) => one.sequence), kept.map((_, index) => kept[0].sequence + index), 'no number is skipped');
    const days = new Set([Date.now() - 7_200_000, Date.now()].map((moment) => new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Amsterdam' }).format(moment)));
    const movements = (await Promise.all([...days].map(movementsOf))).flat();
    const mine = movements.filter((one) => kept.some((action) => action.id === one.id)).sort((one, other) => one.sequence - other.sequence);
    assert.deepEqual(mine.map((one) => one.id), kept.map((one) => one.id), 'every car once, in its own order');
    for (const one of mine) {
      const away = Math.abs(Date.parse(one.booked_at) - Date.parse(one.happened_at));
      assert.ok(away < 3_600_000, `the wrong clock was corrected: ${one.happened_at} for ${one.booked_at}`);
    }
    verify(binary, program.data);
  } finally {
    await network.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

const pictures = process.env.KRINGWERK_SCREENSHOTS === '1';
test('pictures of the gate for the documentation', { skip: skip || (pictures ? false : 'only with KRINGWERK_SCREENSHOTS=1') }, async () => {
  const keep = (page, name) => page.screenshot({ path: fileURLToPath(new URL(`../../docs/screenshots/${name}.png`, import.meta.url)) });
  for (const [name, viewport] of [['tablet', tablet], ['phone', phone]]) {
    await atGate(`plaatjes ${name}`, viewport, async (page) => {
      await page.getByRole('button', { name: 'Hergebruik', exact: true }).click();
      await page.getByRole('button', { name: 'Huisraad', exact: true }).click();
      await page.keyboard.type('18,4', { delay: 45 });
      await keep(page, `gate-${name}`);
      await page.getByRole('button', { name: /^Klaar/ }).click();
      await waiting(page, 0);
      await page.getByRole('button', { name: 'Kan hier niet', exact: true }).click();
      await page.getByRole('button', { name: 'Matras', exact: true }).click();
      await page.waitForTimeout(400); // the colour of a tile fades in
      await keep(page, `gate-refusal-${name}`);
    });
  }
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'nl-NL' });
  await context.addCookies([{ name: 'kw_session', value: token, url: program.address }]);
  const page = await context.newPage();
  for (const [place, name] of [['poort/2026-11-12', 'gate-day'], ['mensen', 'people'], ['apparaten', 'devices'], ['inrichten', 'set-up'], ['weegschalen', 'scales']]) {
    await page.goto(`${program.address}/centra/${slug}/${place}`);
    await keep(page, name);
  }
  await context.close();
});
