// SPDX-License-Identifier: EUPL-1.2
// Debian's Chromium, and what is asked of every page in it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
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

/**
 * Opens a page and gives it to `look`. Whatever the console says as an error, and whatever is asked
 * of another host, fails the test.
 */
export async function onPage(browser, url, options, look) {
  const context = await browser.newContext({ viewport: desktop, locale: 'nl-NL', ...options });
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
