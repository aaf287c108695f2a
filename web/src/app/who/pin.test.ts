// SPDX-License-Identifier: EUPL-1.2
import { pbkdf2Sync } from 'node:crypto';
import { expect, it } from 'vitest';
import { afterWrong, isLocked, isTooOld, noTries, pinIsRight, secondsLocked, triesLeft } from './pin';

it('knows the right PIN from a wrong one', async () => {
  const salt = Buffer.from('00ff10203040506070', 'hex');
  const pin = { salt: salt.toString('hex'), rounds: 1000, hash: pbkdf2Sync('0427', salt, 1000, 32, 'sha256').toString('hex') };
  expect(await pinIsRight(pin, '0427')).toBe(true);
  expect(await pinIsRight(pin, '0428')).toBe(false);
});

it('counts down from five, then locks for a minute', () => {
  let tries = afterWrong(noTries, 0);
  expect(triesLeft(tries)).toBe(4);
  for (let count = 0; count < 4; count += 1) tries = afterWrong(tries, 1000);
  expect(isLocked(tries, 60_999)).toBe(true);
  expect(secondsLocked(tries, 1000)).toBe(60);
  expect(isLocked(tries, 61_000)).toBe(false);
  expect(triesLeft(tries)).toBe(5);
});

it('does not stay locked when the clock is set back', () => {
  expect(isLocked({ wrong: 0, locked_until: 10_000_000 }, 1000)).toBe(false);
});

it('trusts a set for as long as the centre chose', () => {
  expect(isTooOld(0, 72, 72 * 3_600_000)).toBe(false);
  expect(isTooOld(0, 72, 72 * 3_600_000 + 1)).toBe(true);
});
