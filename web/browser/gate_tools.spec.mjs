// SPDX-License-Identifier: EUPL-1.2
// What stands around a car at the gate: the queue behind it, the weighbridge, its receipt.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';
import { assertAccessible, assertFits, assertNothingCut, phone, smallest } from './browser.mjs';
import { atCounter, binary, car, closeExample, openExample, skip, slug, startNetwork, stored, tablet, waiting } from './counter.mjs';
import { verify } from './program.mjs';

const pictures = process.env.KRINGWERK_SCREENSHOTS === '1';

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

const atGate = (name, viewport, work, address = program.address) => atCounter(browser, { address, token, slug, name, viewport }, work);
const keep = (page, name) => pictures && page.screenshot({ path: fileURLToPath(new URL(`../../docs/screenshots/${name}.png`, import.meta.url)) });
const more = (page) => page.locator('.car-queue button:visible').last();
const queue = (page) => page.locator('.car-queue output:visible');

/** The page in light and dark: nothing wrong, nothing too wide, no word cut. */
async function assertGood(page, what) {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.waitForTimeout(300); // colours change slowly
    await assertAccessible(page, `${what}, ${colorScheme}`);
    await assertFits(page, what);
    const over = await page.evaluate(() => [...document.querySelectorAll('dialog[open]')].map((sheet) => sheet.scrollWidth - sheet.clientWidth));
    assert.deepEqual(over.filter((pixels) => pixels > 0), [], `${what}: the sheet is too wide`);
    await assertNothingCut(page, what);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

test('two counters share the queue, and each car makes it one shorter', { skip }, () =>
  atGate('rij een', tablet, (one) =>
    atGate('rij twee', phone, async (two) => {
      for (let i = 0; i < 3; ++i) await more(one).click();
      await queue(one).getByText('3 auto\'s in de rij').waitFor();
      await queue(two).getByText('3 auto\'s in de rij').waitFor({ timeout: 25_000 }); // it asks by itself
      await assertGood(two, 'queue on a phone');
      await more(two).click();
      await queue(two).getByText('4 auto\'s in de rij').waitFor();
      for (let i = 0; i < 3; ++i) await car(two, 'Hergebruik', 'Speelgoed', '7');
      await waiting(two, 0);
      assert.deepEqual((await stored(two, 'done')).map((done) => done.action.body.taps), [4, 4, 4], 'the queue is no part of a car');
      await one.evaluate(() => dispatchEvent(new Event('online')));
      await queue(one).getByText('1 auto in de rij').waitFor({ timeout: 25_000 });
      await one.getByRole('button', { name: 'Een auto minder in de rij' }).locator('visible=true').click();
      await queue(one).getByText('geen rij').waitFor();
    })));

test('the queue goes on without network, and six cars in an hour give an estimate', { skip, timeout: 120_000 }, async () => {
  const network = await startNetwork(program.address);
  try {
    await atGate('rij zonder netwerk', tablet, async (page) => {
      network.cut();
      for (let i = 0; i < 3; ++i) await more(page).click();
      for (let i = 0; i < 5; ++i) await car(page, 'Hergebruik', 'Textiel', '4');
      await waiting(page, 5);
      await queue(page).getByText('geen rij').waitFor();
      for (let i = 0; i < 4; ++i) await more(page).click();
      await queue(page).getByText('4 auto\'s in de rij').waitFor();
      await page.reload();
      await queue(page).getByText('4 auto\'s in de rij').waitFor();
      network.mend();
      await car(page, 'Hergebruik', 'Textiel', '4');
      await waiting(page, 0, 70_000);
      await queue(page).getByText(/ongeveer \d+ minuten/).waitFor({ timeout: 30_000 });
      await queue(page).getByText('3 auto\'s in de rij').waitFor();
      await assertGood(page, 'queue with its estimate');
      await keep(page, 'gate-queue-tablet');
      for (const viewport of [phone, smallest]) {
        await page.setViewportSize(viewport);
        await assertGood(page, `queue with its estimate at ${viewport.width} px`);
      }
      await page.setViewportSize(tablet);
      await page.getByRole('button', { name: 'Meer', exact: true }).click();
      await page.getByRole('button', { name: 'Vandaag', exact: true }).click();
      await page.getByText(/drukste uur van vandaag/).waitFor();
      for (const viewport of [tablet, phone, smallest]) {
        await page.setViewportSize(viewport);
        await assertGood(page, `today with its queue at ${viewport.width} px`);
      }
      // By keyboard, from the list of today.
      await page.locator('dialog .car-queue button').last().focus();
      await page.keyboard.press('Space');
      await page.locator('dialog').getByText('4 auto\'s in de rij').waitFor();
    }, network.address);
  } finally {
    await network.stop();
  }
  const lead = await browser.newContext({ locale: 'nl-NL' });
  await lead.addCookies([{ name: 'kw_session', value: token, url: program.address }]);
  const page = await lead.newPage();
  await page.goto(`${program.address}/centra/${slug}/poort`);
  await page.getByText(/In de rij staan 4 auto's, geteld om/).waitFor();
  await assertAccessible(page, 'the gate of today');
  await lead.close();
});

async function openBridge(page) {
  await page.getByRole('button', { name: 'Meer', exact: true }).click();
  await page.getByRole('button', { name: 'Weegbrug', exact: true }).click();
  const sheet = page.getByRole('dialog', { name: 'Weegbrug' });
  await sheet.waitFor();
  return sheet;
}

/** As a scanner with its prefix does. */
async function scan(page, code) {
  await page.keyboard.type(`~${code}`);
  await page.keyboard.press('Enter');
}

/** Goods come and go on the scale of the example: it may move again before the button is pressed. */
async function takeWeight(page, sheet) {
  for (const until = Date.now() + 60_000; !(await sheet.locator('.taken').isVisible()); ) {
    assert.ok(Date.now() < until, 'the scale never stood still');
    await sheet.getByText('staat stil').waitFor({ timeout: 40_000 });
    await sheet.getByRole('button', { name: 'Neem gewicht' }).click();
    await page.waitForTimeout(300);
  }
}

/** What the device did, newest first. */
async function deeds(page) {
  const done = await stored(page, 'done');
  return done.map((one) => one.action).sort((one, other) => other.sequence - one.sequence);
}

async function bookedGrams(visit) {
  const answer = await fetch(`${program.address}/api/v1/centres/${centre}/movements/${visit}`, { headers: { authorization: `Bearer ${token}` } });
  assert.equal(answer.status, 200);
  return (await answer.json()).transfers.reduce((sum, one) => sum + one.grams, 0);
}

test('a vehicle is weighed on the live scale, gets a card, and is found by it when it leaves', { skip, timeout: 120_000 }, () =>
  atGate('weegbrug', tablet, async (page) => {
    const sheet = await openBridge(page);
    await sheet.getByText('staat stil').waitFor({ timeout: 40_000 });
    await assertGood(page, 'weighbridge with its scale');
    await takeWeight(page, sheet);
    await scan(page, 'kaart 7');
    assert.equal(await sheet.getByLabel('Nummer of label').inputValue(), 'kaart 7');
    await assertGood(page, 'weighbridge with a weight');
    await keep(page, 'gate-weighbridge-tablet');
    await sheet.getByRole('button', { name: 'Geef een nummer' }).click();
    await sheet.getByText('Het nummer is kaart 7').waitFor();
    const [first] = await deeds(page);
    assert.deepEqual([first.kind, first.body.basis, first.body.word], ['ticket-open', 'measured', 'kaart 7']);
    assert.match(first.body.raw, /kg/, 'the raw line of the scale is kept');
    await page.keyboard.press('Escape');

    await scan(page, 'KAART 7');
    const leaving = page.getByRole('dialog', { name: 'Weegbrug' });
    await leaving.getByText('Nummer kaart 7 rijdt weg').waitFor();
    const keypad = leaving.getByRole('button', { name: 'Typ het gewicht' });
    if (await keypad.isVisible()) await keypad.click();
    const field = leaving.getByLabel('Leeg gewicht').getByRole('textbox');
    await field.fill('9999');
    await field.press('Enter');
    await leaving.getByText(/Leeg moet lichter zijn/).waitFor();
    assert.equal(await field.inputValue(), '9999', 'what was typed is still there');
    await assertGood(page, 'weighbridge with a doubt');
    await field.fill('0,5');
    await leaving.getByText(/Het verschil is/).waitFor();
    await field.press('Enter');
    await leaving.getByText('Geboekt:').waitFor();
    await waiting(page, 0);
    const [second] = await deeds(page);
    assert.deepEqual([second.kind, second.body.ticket, second.body.tare_g, second.body.basis], ['ticket-complete', first.id, 500, 'measured']);
    assert.equal(await bookedGrams(second.id), first.body.gross_g - 500);
    verify(binary, program.data);
  }));

test('a stored weight saves the second pass, closing loses nothing, and void asks why', { skip }, () =>
  atGate('weegbrug mobiel', phone, async (page) => {
    await page.getByRole('button', { name: 'Afval', exact: true }).click();
    await page.getByRole('button', { name: 'Overig', exact: true }).click();
    let sheet = await openBridge(page);
    const keypad = sheet.getByRole('button', { name: 'Typ het gewicht' });
    const field = sheet.getByLabel('Vol gewicht').getByRole('textbox');
    await keypad.or(field).first().waitFor();
    if (await keypad.isVisible()) await keypad.click();
    await field.fill('30');
    await page.keyboard.press('Escape');
    sheet = await openBridge(page);
    assert.equal(await sheet.getByLabel('Vol gewicht').getByRole('textbox').inputValue(), '30');
    await sheet.getByLabel('Bewaard leeg gewicht').selectOption({ label: 'krat 1,9\u00a0kg' });
    await sheet.getByText('28,1').waitFor();
    await assertGood(page, 'weighbridge on a phone');
    await sheet.getByRole('button', { name: 'Boek het verschil' }).click();
    await sheet.getByText('Geboekt:').waitFor();
    await waiting(page, 0);
    const [complete, opened] = await deeds(page);
    assert.deepEqual([complete.body.ticket, complete.body.tare_g], [opened.id, 1900]);
    assert.ok(complete.body.tare > 0);
    assert.equal(await bookedGrams(complete.id), 28_100);

    for (const typed of ['44', '55']) {
      if (await keypad.isVisible()) await keypad.click();
      await field.fill(typed);
      await sheet.getByRole('button', { name: 'Geef een nummer' }).click();
      await sheet.getByText(/Het nummer is/).waitFor();
    }
    await sheet.getByRole('button', { name: /Tweede weging/ }).first().click();
    await sheet.getByRole('button', { name: 'Gaat niet door' }).click();
    await assertGood(page, 'why a ticket is void');
    await sheet.getByRole('button', { name: 'Weggereden' }).click();
    await sheet.getByText('Nog binnen').waitFor();
    await waiting(page, 0);
    const [gone] = await deeds(page);
    assert.deepEqual([gone.kind, gone.body.reason], ['ticket-void', 'drove-away']);
    assert.equal(await sheet.getByRole('listitem').count(), 1);
  }));

/** Counts what goes to the printer; the dialog of the browser would wait for somebody. */
async function watchPrinter(page) {
  await page.evaluate(() => {
    globalThis.printed = 0;
    globalThis.print = () => void (globalThis.printed += 1);
  });
}
const printed = (page) => page.evaluate(() => globalThis.printed);

/** The receipt as the printer gets it: its size in millimetres, how many pages, and its words. */
async function onPaper(page) {
  const folder = mkdtempSync(join(tmpdir(), 'kringwerk-receipt-'));
  try {
    const path = join(folder, 'receipt.pdf');
    await page.pdf({ path, preferCSSPageSize: true, printBackground: true });
    const about = execFileSync('pdfinfo', [path], { encoding: 'utf8' });
    const [, width, height] = /Page size:\s+([\d.]+) x ([\d.]+)/.exec(about);
    const millimetres = (points) => Math.round((Number(points) * 25.4) / 72);
    const words = execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' });
    return { width: millimetres(width), height: millimetres(height), pages: Number(/Pages:\s+(\d+)/.exec(about)[1]), words };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test('a receipt on paper is printed without network, with its QR, and says that its address works later', { skip, timeout: 120_000 }, async () => {
  const network = await startNetwork(program.address);
  try {
    await atGate('bon op papier', tablet, async (page) => {
      network.cut();
      await watchPrinter(page);
      await page.getByRole('button', { name: 'Meer', exact: true }).click();
      await page.getByRole('group', { name: 'Welke bon?' }).getByRole('button', { name: 'Papier' }).click();
      await assertGood(page, 'more');
      await page.getByRole('button', { name: 'Verder' }).click();
      await page.getByRole('button', { name: 'Hergebruik', exact: true }).click();
      for (const [stream, kilograms] of [['Meubels', '42,5'], ['Elektrisch', '6,25'], ['Meubels', '7']]) {
        await page.getByRole('button', { name: stream }).first().click();
        await page.keyboard.type(kilograms, { delay: 45 });
        await page.keyboard.press('+');
      }
      await page.getByRole('button', { name: /^Klaar/ }).click();
      await page.waitForFunction(() => globalThis.printed === 1);
      const visit = (await deeds(page))[0];
      assert.equal(visit.body.receipt, 'paper');

      await page.emulateMedia({ media: 'print' });
      await assertAccessible(page, 'the receipt on paper');
      assert.equal(await page.getByRole('button', { name: 'Hergebruik' }).count(), 0, 'the screen is not on it');
      if (pictures) await page.locator('.paper').screenshot({ path: fileURLToPath(new URL('../../docs/screenshots/gate-receipt-paper.png', import.meta.url)) });
      await page.emulateMedia({ media: null });
      const paper = await onPaper(page);
      assert.deepEqual([paper.width, paper.pages], [80, 1]);
      assert.ok(paper.height > 90 && paper.height < 200, `${paper.height} mm: as long as what stands on it`);
      const number = `${visit.id.slice(28, 32)}-${visit.id.slice(32)}`.toUpperCase();
      for (const words of [/Circulair Centrum De\s+Wisselplaats/, /Meubels\s+49,5\s+kg/, /Elektrisch\s+6,25\s+kg/, /gewogen/, /Samen\s+55,75\s+kg/, new RegExp(`Bonnummer ${number}`), /werkt\s+zodra\s+dit\s+apparaat/]) {
        assert.match(paper.words, words);
      }
      assert.doesNotMatch(paper.words, /Waarvoor|Poortmedewerker/);

      network.mend();
      await waiting(page, 0, 70_000);
      const online = await fetch(`${program.address}/bon/${centre}/${visit.id}`, { headers: { 'accept-language': 'nl' } });
      assert.match(await online.text(), new RegExp(`Bonnummer ${number}`), 'its page has the same number');
    }, network.address);
  } finally {
    await network.stop();
  }
});

test('the receipt as QR is drawn by the device, and none means none', { skip }, () =>
  atGate('bon als qr', phone, async (page) => {
    await watchPrinter(page);
    await car(page, 'Hergebruik', 'Fietsen', '14');
    await page.locator('.toast').getByRole('button', { name: 'Bon' }).click();
    const sheet = page.getByRole('dialog', { name: 'Bon' });
    await sheet.getByRole('img', { name: /QR-code/ }).waitFor();
    await sheet.getByRole('link', { name: 'Open de bon' }).waitFor();
    await assertGood(page, 'receipt');
    await sheet.getByRole('button', { name: 'Print op papier' }).click();
    await page.waitForFunction(() => globalThis.printed === 1);
    const paper = await onPaper(page);
    assert.deepEqual([paper.width, paper.pages], [80, 1]);
    assert.match(paper.words, /Fietsen\s+14,0\s+kg/);
    assert.doesNotMatch(paper.words, /werkt zodra/);
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: /^Menu van/ }).click();
    await page.getByRole('group', { name: 'Bon op dit apparaat' }).getByRole('button', { name: 'Geen' }).click();
    await assertGood(page, 'menu');
    await page.keyboard.press('Escape');
    await car(page, 'Hergebruik', 'Fietsen', '15');
    await page.getByText('Geboekt: 15,0').waitFor();
    assert.equal(await page.locator('.toast').getByRole('button', { name: 'Bon' }).count(), 0);
    await waiting(page, 0);
    assert.equal((await deeds(page))[0].body.receipt, 'none');
    assert.equal(await printed(page), 1);
  }));
