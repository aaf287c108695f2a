// SPDX-License-Identifier: EUPL-1.2
// From an empty folder to the first weighing, led by one question after the other, as a newcomer sees it; one of them
// is answered later, with a scale that speaks.
import assert from 'node:assert/strict';
import { realpathSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';
import { assertGoodLooks, laptop, phone, startBrowser } from './browser.mjs';
import { enter, waiting } from './counter.mjs';
import { findProgram, startEmpty, verify } from './program.mjs';

const binary = findProgram();
const skip = binary === null ? 'kringwerk is not built: cmake --build build/dev --target kringwerk' : false;
const pictures = process.env.KRINGWERK_SCREENSHOTS === '1';

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

/** A scale on the network that says the same to everybody, four times a second. */
async function startScale(line) {
  const open = new Set();
  const server = createServer((socket) => {
    open.add(socket);
    const beat = setInterval(() => socket.write(`${line}\r\n`), 250);
    socket.on('error', () => {});
    socket.on('close', () => {
      clearInterval(beat);
      open.delete(socket);
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: server.address().port,
    stop() {
      for (const socket of open) socket.destroy();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The page among the pictures of docs/, when somebody asked for new ones. */
async function keepPicture(page, name, viewport) {
  // The folders of this machine tell a reader nothing.
  await page.evaluate(
    ([here, data]) => {
      for (const code of document.querySelectorAll('code')) {
        code.textContent = code.textContent.replaceAll(here, 'kringwerk').replaceAll(data, '/srv/kringwerk').replace(/127\.0\.0\.1:\d+/, '127.0.0.1:8080');
      }
    },
    [realpathSync(binary), program.data],
  );
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await page.setViewportSize(viewport);
  await page.waitForTimeout(300); // colours change slowly
  await page.screenshot({ path: fileURLToPath(new URL(`../../docs/screenshots/${name}.png`, import.meta.url)), fullPage: true });
}

/** Somebody at a browser whose clicks are counted. */
async function newcomer(options = {}) {
  const context = await browser.newContext({ viewport: laptop, locale: 'nl-NL', bypassCSP: true, ...options });
  const page = await context.newPage();
  const counted = {
    context,
    page,
    clicks: 0,
    async press(role, name, inside = page) {
      counted.clicks += 1;
      await Promise.all([page.waitForNavigation(), inside.getByRole(role, { name }).first().click()]);
    },
    async asks(number, question) {
      await page.getByText(`Stap ${number} van 6`).waitFor();
      await page.getByRole('heading', { level: 1, name: question }).waitFor();
    },
  };
  return counted;
}

test('a newcomer is led from an empty folder to the first weighing in less than five minutes', { skip }, async () => {
  const visitor = await newcomer();
  const { context, page } = visitor;
  const scale = await startScale('S S     18.260 kg');
  try {
    assert.ok(program.welcome, 'serve prints a link for the first administrator');
    let looked = 0;
    const look = async (name, picture) => {
      const from = performance.now();
      await assertGoodLooks(page, name);
      if (pictures && picture) await keepPicture(page, name, picture);
      await page.setViewportSize(laptop);
      looked += performance.now() - from;
    };
    const begun = performance.now();
    await page.goto(program.welcome);
    await page.getByText('Stap 1 van 6').waitFor();
    await look('first-welcome');
    await page.getByLabel('Je naam').fill('Mara');
    await page.getByLabel('E-mailadres').fill('mara@voorbeeld.nl');
    await page.getByLabel('Wachtwoord').fill('paard fiets maan');
    await visitor.press('button', 'Begin');

    await visitor.asks(2, 'Hoe heet het centrum');
    await page.getByLabel('Naam van het centrum').fill('Werkplaats Noord');
    await page.getByLabel('Postcode').fill('4021 CC');
    await page.getByLabel('Plaats').fill('Maurik');
    await page.getByLabel('Gemeente').fill('Buren');
    await look('first-centre', laptop);
    await page.getByLabel('Postcode').fill('402');
    await visitor.press('button', 'Verder');
    await page.getByRole('alert').getByText('Schrijf de postcode zoals 7201 AB.').waitFor();
    assert.equal(await page.getByLabel('Naam van het centrum').inputValue(), 'Werkplaats Noord', 'what was typed stays');
    await look('first-centre-wrong');
    await page.getByLabel('Postcode').fill('4021 CC');
    await visitor.press('button', 'Verder');

    await visitor.asks(3, 'Wat doen jullie?');
    await page.getByText('Milieustraat').click();
    await page.getByText('Reparatie').click();
    visitor.clicks += 2;
    await look('first-blocks', phone);
    await visitor.press('button', 'Verder');

    await visitor.asks(4, 'Welke apparaten heb je?');
    await look('first-machines-none');
    await visitor.press('button', 'Later');

    await visitor.asks(5, 'Wie staat er bij de poort?');
    await page.getByLabel('Naam').fill('Noor');
    await page.getByLabel('Pincode').fill('4711');
    await look('first-crew');
    await visitor.press('button', 'Voeg toe');

    await visitor.asks(6, 'Begin je echt, of oefen je eerst?');
    await page.getByText('demo --data').first().waitFor();
    await look('first-books', laptop);
    await visitor.press('button', 'Begin met lege boeken');

    await page.getByRole('heading', { level: 1, name: 'Bijna klaar' }).waitFor();
    await look('first-done', laptop);
    await visitor.press('button', 'Koppel dit apparaat');

    await enter(page, 'Noor', '4711');
    await page.getByRole('button', { name: 'Hergebruik', exact: true }).click();
    await page.getByRole('button', { name: 'Meubels', exact: true }).click();
    await page.keyboard.type('42,5', { delay: 45 });
    await page.getByRole('button', { name: /^Klaar/ }).click();
    visitor.clicks += 4;
    await waiting(page, 0);
    const took = (performance.now() - begun - looked) / 1000;
    assert.ok(took < 300, `${took} s`);
    assert.ok(visitor.clicks <= 14, `${visitor.clicks} clicks`);
    console.log(`# first run: ${visitor.clicks} clicks, ${took.toFixed(1)} s in the hands of a machine`);

    await page.goto(`${program.address}/centra/werkplaats-noord/poort`);
    await page.getByText('42,5').first().waitFor();
    await look('first-gate-day');

    // What was put off waits at the desk, and is tried out there and then.
    await page.goto(`${program.address}/centra/werkplaats-noord/balie`);
    await visitor.press('link', 'Ga verder');
    await visitor.press('link', 'Welke apparaten heb je?', page.locator('main'));
    await page.getByText('Sluit een weegschaal aan').click();
    await page.getByLabel('Netwerkadres').fill('127.0.0.1');
    await page.getByLabel('Poort op het netwerk').fill(String(scale.port));
    await page.getByLabel('Weegt hoogstens').fill('150');
    await page.getByLabel('Stap in gram').fill('20');
    await visitor.press('button', 'Bewaar en test');
    await page.getByText('staat stil').waitFor({ timeout: 20_000 });
    await page.getByText('S S     18.260 kg').first().waitFor();
    await page.getByLabel('Scan iets').pressSequentially('8712345678906', { delay: 10 });
    await Promise.all([page.waitForNavigation(), page.getByLabel('Scan iets').press('Enter')]);
    await page.getByText('Hij werkt. Je scanner typte:').waitFor();
    await page.getByText('staat stil').waitFor({ timeout: 20_000 });
    await look('first-machines', laptop);
    await visitor.press('link', 'Test: open een proefprint');
    await page.evaluate(() => {
      window.print = () => document.body.setAttribute('data-printed', 'yes');
    });
    await page.getByRole('button', { name: 'Print deze pagina' }).click();
    assert.equal(await page.locator('body').getAttribute('data-printed'), 'yes');
    await look('first-proof');
    await page.goBack();
    await visitor.press('button', 'Hij print goed');
    await visitor.press('button', 'Verder');
    await page.getByRole('heading', { level: 1, name: 'Alles staat klaar' }).waitFor();
    await visitor.press('link', 'Open het herstelblad');
    await page.getByText('admin reset-password').waitFor();
    await look('first-sheet', laptop);
    await page.goto(`${program.address}/centra/werkplaats-noord/balie`);
    assert.equal(await page.getByText('Dit centrum is nog niet helemaal ingericht.').count(), 0);
    verify(binary, program.data);
  } finally {
    await scale.stop();
    await context.close();
  }
});

test('the questions work without script, and who comes back goes on where it stopped', { skip }, async () => {
  const other = await startEmpty(binary);
  const visitor = await newcomer({ javaScriptEnabled: false, viewport: phone });
  const { page } = visitor;
  try {
    await page.goto(other.welcome);
    await page.getByLabel('Je naam').fill('Mara');
    await page.getByLabel('E-mailadres').fill('mara@voorbeeld.nl');
    await page.getByLabel('Wachtwoord').fill('paard fiets maan');
    await visitor.press('button', 'Begin');
    await page.getByLabel('Naam van het centrum').fill('Ambachtscentrum Zutphen');
    await page.getByLabel('Postcode').fill('7201 AB');
    await page.getByLabel('Plaats').fill('Zutphen');
    await visitor.press('button', 'Verder'); // the municipality is called as the place
    await visitor.asks(3, 'Wat doen jullie?');
    await page.getByText('Kringloopwinkel').click();
    await visitor.press('button', 'Verder');
    await visitor.asks(4, 'Welke apparaten heb je?');

    await visitor.context.clearCookies();
    await page.goto(`${other.address}/aanmelden`);
    await page.getByLabel('E-mailadres').fill('mara@voorbeeld.nl');
    await page.getByLabel('Wachtwoord').fill('paard fiets maan');
    await visitor.press('button', 'Aanmelden', page.locator('main'));
    await visitor.asks(4, 'Welke apparaten heb je?');
    await visitor.press('link', 'Terug');
    await visitor.asks(3, 'Wat doen jullie?');
    assert.ok(await page.getByLabel('Kringloopwinkel').isChecked(), 'an earlier answer can be seen and changed');
    await visitor.press('button', 'Verder');
    await visitor.asks(4, 'Welke apparaten heb je?');
  } finally {
    await visitor.context.close();
    await other.stop();
  }
});
