// SPDX-License-Identifier: EUPL-1.2
// Debian's Chromium, and what is asked of every page in it.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export function startBrowser() {
  return chromium.launch({
    executablePath: process.env.KRINGWERK_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}

export const phone = { width: 390, height: 844 };
export const smallest = { width: 320, height: 640 };
export const desktop = { width: 1440, height: 900 };
export const laptop = { width: 1280, height: 800 };

/**
 * Opens a page and gives it to `look`. Whatever the console says as an error, and whatever is asked
 * of another host, fails the test.
 */
export async function onPage(browser, url, options, look) {
  const context = await browser.newContext({ viewport: desktop, locale: 'nl-NL', ...options });
  if (options.cookies) await context.addCookies(options.cookies.map((cookie) => ({ ...cookie, url })));
  const page = await context.newPage();
  const trouble = [];
  page.on('console', (message) => {
    // The answer's own status is checked apart, the browser repeats it for the page itself.
    if (message.type() === 'error' && !(options.status && message.text().includes('Failed to load resource'))) {
      trouble.push(message.text());
    }
  });
  page.on('pageerror', (error) => trouble.push(String(error)));
  page.on('request', (request) => {
    if (/^https?:/.test(request.url()) && new URL(request.url()).host !== new URL(url).host) {
      trouble.push(`asks another host: ${request.url()}`);
    }
  });
  try {
    const response = await page.goto(url);
    assert.equal(response.status(), options.status ?? 200, url);
    await page.evaluate(() => document.fonts.ready);
    await look(page, response);
    assert.deepEqual(trouble, [], url);
  } finally {
    await context.close();
  }
}

/** WCAG 2.2 AA and what axe calls best practice. Runs past the page's own policy on scripts. */
export async function assertAccessible(page, what) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }),
  );
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  assert.deepEqual(told, [], what);
}

export async function assertFits(page, what) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(over <= 0, `${what} is ${over} px too wide`);
}

/** No word sticks out of the button, tile, mark or field that it stands in. */
export async function assertNothingCut(page, what) {
  const cut = await page.evaluate(() => {
    const told = [];
    for (const box of document.querySelectorAll('.button, .pill, .chip, .jump a, .choice, .card, .notice, .toast, td, th')) {
      if (box.closest('.table-scroll, .chart-scroll, svg') || box.offsetParent === null) continue;
      const range = document.createRange();
      const edge = box.getBoundingClientRect();
      const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
      for (let text = walker.nextNode(); text; text = walker.nextNode()) {
        if (!text.data.trim() || text.parentElement.closest('.unseen, .table-scroll, .chart-scroll, svg, select, thead')) continue;
        range.selectNodeContents(text);
        const word = range.getBoundingClientRect();
        if (word.width > 0 && (word.right > edge.right + 1 || word.left < edge.left - 1)) told.push(text.data.trim().slice(0, 60));
      }
    }
    return told;
  });
  assert.deepEqual(cut, [], `${what}: words stick out`);
}

/**
 * Looks at the page as it stands, in every width and in light and dark. With KRINGWERK_GALLERY=folder
 * each look is kept there as a picture.
 */
export async function assertGoodLooks(page, name) {
  for (const viewport of [laptop, phone, smallest]) {
    await page.setViewportSize(viewport);
    await assertFits(page, `${name} at ${viewport.width} px`);
    await assertNothingCut(page, `${name} at ${viewport.width} px`);
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      // Colours that fade from light to dark are looked at once they have arrived. What is folded away stands still.
      await page.evaluate(() => {
        const seen = document.getAnimations().filter(({ effect }) => effect.target.checkVisibility());
        return Promise.allSettled(seen.map(({ finished }) => finished));
      });
      if (process.env.KRINGWERK_GALLERY) {
        mkdirSync(process.env.KRINGWERK_GALLERY, { recursive: true });
        await page.screenshot({ path: `${process.env.KRINGWERK_GALLERY}/${name}-${viewport.width}-${colorScheme}.png`, fullPage: true });
      }
      // Widths in between look alike to the checker; colours do not.
      if (viewport !== phone) await assertAccessible(page, `${name} at ${viewport.width} px, ${colorScheme}`);
    }
  }
  assert.equal(await page.locator('h1').count(), 1, `${name} has one h1`);
  const text = await page.locator('body').innerText();
  assert.doesNotMatch(text, /\[\[|\{\{|\{\w+\}/, `${name} leaves a hole or a code open`);
}
