// SPDX-License-Identifier: EUPL-1.2
// A car that was booked wrongly: set right at the gate, and by the lead in a form without scripts.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, assertFits, phone } from './browser.mjs';
import { binary, car, closeExample, enter, openExample, pair, skip, slug, stored, tablet, waiting } from './counter.mjs';
import { verify } from './program.mjs';

let gate;
let browser;
let program;
let token;

before(async () => {
  if (skip) return;
  gate = await openExample();
  ({ browser, program, token } = gate);
});

after(() => closeExample(gate));

async function withContext(options, work) {
  const context = await browser.newContext({ locale: 'nl-NL', bypassCSP: true, ...options });
  try {
    return await work(context);
  } finally {
    await context.close();
  }
}

/** The counter of a device of its own, with somebody at it. */
const atGate = (name, viewport, work) =>
  withContext({ viewport }, async (context) => {
    await pair(context, program.address, token, slug, name);
    const page = await context.newPage();
    const trouble = [];
    page.on('pageerror', (error) => trouble.push(String(error)));
    await page.goto(`${program.address}/app`);
    await enter(page, 'Poortmedewerker B');
    await work(page, context);
    assert.deepEqual(trouble, []);
  });

/** The page of a lead, in a browser that runs no scripts. */
const asLead = (viewport, work) =>
  withContext({ viewport, javaScriptEnabled: false }, async (context) => {
    await context.addCookies([{ name: 'kw_session', value: token, url: program.address }]);
    await work(await context.newPage());
  });

const openToday = async (page) => {
  await page.getByRole('button', { name: /Meer/ }).click();
  await page.getByRole('button', { name: 'Vandaag' }).click();
  await page.getByRole('button', { name: /^Verbeteren/ }).first().waitFor();
};

/** As the server counts days. */
const today = () => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Amsterdam' }).format(new Date());

async function look(page, name) {
  const folder = process.env.KRINGWERK_SHOTS;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: /^(form|cars|story)/.test(name) });
}

test('a car of today is set right at the gate: the wrong one stays until the right one is there', { skip }, () =>
  atGate('verbeteren', tablet, async (page) => {
    await car(page, 'Hergebruik', 'Meubels', '94,5');
    await page.getByText('Geboekt: 94,5').waitFor();
    await waiting(page, 0);
    const wrong = (await stored(page, 'done')).at(-1).action;
    await openToday(page);
    await look(page, 'today');
    await page.getByRole('button', { name: /^Verbeteren/ }).first().click();
    await assertAccessible(page, 'today, correcting');
    await look(page, 'today-why');
    await page.getByRole('button', { name: 'Verkeerd gewicht' }).click();
    await page.getByText('Je verbetert de auto van').waitFor();
    await page.waitForTimeout(300); // colours have settled
    await look(page, 'gate-correcting');
    await page.setViewportSize(phone);
    await look(page, 'gate-correcting-phone');
    await assertFits(page, 'gate, correcting, phone');
    await page.setViewportSize(tablet);
    await assertFits(page, 'gate, correcting');
    assert.equal((await stored(page, 'outbox')).length, 0);
    await page.getByRole('button', { name: 'Laat zoals het was' }).click();
    assert.equal(await page.getByText('Je verbetert de auto van').count(), 0);

    await openToday(page);
    await page.getByRole('button', { name: /^Verbeteren/ }).first().click();
    await page.getByRole('button', { name: 'Verkeerd gewicht' }).click();
    await page.getByRole('button', { name: /^Haal weg/ }).first().click();
    await car(page, 'Hergebruik', 'Meubels', '42,5');
    await page.getByText('Verbeterd: 42,5').waitFor();
    await waiting(page, 0);
    const right = (await stored(page, 'done')).at(-1);
    assert.equal(right.action.kind, 'gate-correction');
    assert.equal(right.action.body.corrects, wrong.id);
    assert.deepEqual(right.action.body.lines.map(({ stream, grams }) => [stream, grams]), [['furniture', 42_500]]);
    assert.equal(right.state, 'booked');
    assert.match(verify(binary, program.data), /./);
  }));

test('a pass over the quota is told beside the next car, and stays until somebody has seen it', { skip }, async () => {
  await asLead(tablet, async (page) => {
    await page.goto(`${program.address}/centra/${slug}/poort`);
    await page.locator('input[name=resident_check][value=optional]').check();
    await page.locator('input[name=quota]').fill('1');
    await page.getByRole('button', { name: 'Bewaren' }).click();
  });
  for (const [name, viewport] of [['tablet', tablet], ['telefoon', phone]]) {
    await atGate(`pas ${name}`, viewport, async (page) => {
      for (let visit = 0; visit < 2; visit += 1) {
        await page.getByRole('button', { name: 'Hergebruik', exact: true }).click();
        await page.getByRole('button', { name: 'Meubels', exact: true }).click();
        await page.getByRole('button', { name: 'Meer', exact: true }).click();
        await page.getByLabel('Pas of QR').fill(`PAS-${name}`);
        await page.getByRole('button', { name: 'Verder', exact: true }).click();
        await page.keyboard.type('12,5', { delay: 40 });
        await page.getByRole('button', { name: /^Klaar/ }).click();
        await waiting(page, 0);
        await look(page, `pass-${name}-${visit}`);
      }
      const told = page.getByText('De regel van dit centrum is 1 keer per jaar');
      await told.waitFor();
      await page.getByRole('button', { name: 'Hergebruik', exact: true }).click(); // the next car has begun
      await told.waitFor();
      await look(page, `pass-${name}-over`);
      await assertAccessible(page, `pass over, ${name}`);
      await page.getByRole('button', { name: 'Gezien' }).click();
      await told.waitFor({ state: 'detached' });
    });
  }
});

test('a rule that the lead changes reaches a counter that is on, and waits for the car in hand', { skip }, () =>
  atGate('regel', tablet, async (page) => {
    const rule = (check) =>
      asLead(tablet, async (lead) => {
        await lead.goto(`${program.address}/centra/${slug}/poort`);
        await lead.locator(`input[name=resident_check][value=${check}]`).check();
        await lead.getByRole('button', { name: 'Bewaren' }).click();
      });
    const heard = async (check) => {
      for (const until = Date.now() + 20_000; Date.now() < until; await page.waitForTimeout(50)) {
        if ((await stored(page, 'set'))[0].set.settings.resident_check === check) return;
      }
      assert.fail(`the counter never heard of ${check}`);
    };
    const pass = page.locator('#ask-pass');
    await rule('off');
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await heard('off');
    await rule('required');
    await car(page, 'Hergebruik', 'Meubels', '12,5');
    await heard('required'); // the delivery of that car was the contact
    await page.getByText('Geboekt:').waitFor();

    await page.waitForTimeout(1500);
    await page.getByRole('button', { name: 'Hergebruik', exact: true }).click();
    await page.getByRole('button', { name: 'Meubels', exact: true }).click();
    await page.keyboard.type('7', { delay: 40 });
    await rule('off');
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await heard('off');
    await page.waitForTimeout(1500);
    await page.getByRole('button', { name: /^Klaar/ }).click();
    await pass.waitFor(); // this car began under the rule before
    await pass.fill('PAS-regel');
    await page.locator('dialog[open] button[type=submit]').click();
    await page.getByText('Geboekt: 7,0').waitFor();
    await waiting(page, 0);

    await page.waitForTimeout(1500);
    await car(page, 'Hergebruik', 'Meubels', '8');
    await page.getByText('Geboekt: 8,0').waitFor();
    assert.equal(await pass.count(), 0);
  }));

test('the lead sets a car right without scripts, on a phone too; what was typed wrongly stays', { skip }, async () => {
  await atGate('voor de dagleider', tablet, async (page) => {
    await car(page, 'Hergebruik', 'Huisraad', '81,4');
    await page.getByText('Geboekt: 81,4').waitFor();
    await waiting(page, 0);
  });
  for (const [name, viewport, right] of [['phone', phone, '18,4'], ['laptop', { width: 1280, height: 800 }, '18,6']]) {
    await asLead(viewport, async (page) => {
      await page.goto(`${program.address}/centra/${slug}/poort/${today()}/autos`);
      await look(page, `cars-${name}`);
      await page.getByRole('link', { name: /^Verbeteren/ }).first().click();
      await look(page, `form-${name}`);
      await assertFits(page, `form ${name}`);
      await page.locator('#kg_1').fill('-5');
      await page.getByRole('button', { name: 'Verbeteren', exact: true }).click();
      await look(page, `form-wrong-${name}`);
      assert.equal(await page.locator('#kg_1').inputValue(), '-5');
      await page.getByText('Regel 1: Dit gewicht kan ik niet lezen').waitFor();
      await page.getByText('Kies een reden').first().waitFor();
      await page.getByLabel('Verkeerd gewicht').check();
      await page.locator('#kg_1').fill(right);
      await page.getByRole('button', { name: 'Verbeteren', exact: true }).click();
      await page.getByText('blijven allebei in de boeken').waitFor();
      await look(page, `cars-after-${name}`);
    });
  }
  for (const colorScheme of ['light', 'dark']) {
    await withContext({ viewport: phone, colorScheme }, async (context) => {
      await context.addCookies([{ name: 'kw_session', value: token, url: program.address }]);
      const page = await context.newPage();
      await page.goto(`${program.address}/centra/${slug}/poort/${today()}/autos`);
      await assertAccessible(page, `cars, ${colorScheme}`);
      await page.getByRole('link', { name: /^Verbeteren/ }).first().click();
      await page.getByRole('button', { name: 'Verbeteren', exact: true }).click();
      await page.getByText('Kies een reden').first().waitFor();
      await assertAccessible(page, `form, ${colorScheme}`);
      await look(page, `form-wrong-${colorScheme}`);
    });
  }
  await asLead(tablet, async (page) => {
    await page.goto(`${program.address}/centra/${slug}/poort/${today()}/autos?soort=household`);
    const row = page.locator('tr', { hasText: '18,6' });
    await row.getByRole('link').first().click();
    await page.getByText('komt in de plaats van').waitFor();
    await look(page, 'story-right');
    await page.getByRole('link', { name: /een boeking van/ }).click();
    await page.getByText('In de plaats kwam').waitFor();
    await page.getByText('Verkeerd gewicht').first().waitFor();
    await look(page, 'story-wrong');
  });
  verify(binary, program.data);
});
