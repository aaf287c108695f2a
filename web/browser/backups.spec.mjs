// SPDX-License-Identifier: EUPL-1.2
// How the backups stand, in every width, language and colour: off, fine, and failed with the bar on top.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { assertGoodLooks, onPage, startBrowser } from './browser.mjs';
import { findProgram, startEmpty } from './program.mjs';

const binary = findProgram();
const skip = binary === null ? 'kringwerk is not built: cmake --build build/dev --target kringwerk' : false;

let browser;
let folder;

before(async () => {
  if (skip) return;
  folder = mkdtempSync(join(tmpdir(), 'kringwerk-backups-'));
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** Starts a server with these settings and looks at a page of it in both languages, once it says `words`. */
async function looksGood(settings, path, name, words) {
  const program = await startEmpty(binary, settings);
  try {
    const cookies = [{ name: 'kw_session', value: program.token }];
    for (const language of ['nl', 'en']) {
      const address = `${program.address}${path}?taal=${language}`;
      await onPage(browser, address, { bypassCSP: true, cookies }, async (page) => {
        for (let tries = 0; tries < 100 && !(await page.locator('body').innerText()).includes(words[language]); tries += 1) {
          await page.waitForTimeout(100);
          await page.reload();
        }
        assert.ok((await page.locator('body').innerText()).includes(words[language]), `${name} says ${words[language]}`);
        await assertGoodLooks(page, `${name}-${language}`);
      });
    }
  } finally {
    await program.stop();
  }
}

test('as long as nobody said where backups go', { skip }, () => looksGood('', '/back-ups', 'backups-off', { nl: 'staat uit', en: 'is off' }));

test('when they are made', { skip }, () => {
  const settings = `backup_folder = "${join(folder, 'good')}"\nsmtp_url = "smtp://127.0.0.1:9"\nmail_from = "kringwerk@voorbeeld.nl"\n`;
  return looksGood(settings, '/back-ups', 'backups-fine', { nl: 'in orde', en: 'fine' });
});

test('when one failed, on its page and on every other', { skip }, async () => {
  writeFileSync(join(folder, 'file'), 'no folder');
  const settings = `backup_folder = "${join(folder, 'file')}"\n`;
  const words = { nl: 'De back-up is mislukt', en: 'The backup failed' };
  await looksGood(settings, '/back-ups', 'backups-failed', words);
  await looksGood(settings, '/mensen', 'backups-bar', words);
});
