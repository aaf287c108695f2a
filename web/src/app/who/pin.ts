// SPDX-License-Identifier: EUPL-1.2
// The PIN of a person, checked on this device; there may be no network.
import type { Pin } from '../base/counter_set';

export const pinLength = 4;
const mostTries = 5;
const locked_ms = 60_000;

export interface Tries {
  wrong: number;
  locked_until: number;
}

export const noTries: Tries = { wrong: 0, locked_until: 0 };

export function isLocked(tries: Tries, now: number): boolean {
  // A clock that was set back must not lock somebody out for longer than a minute.
  return tries.locked_until > now && tries.locked_until - now <= locked_ms;
}

export function secondsLocked(tries: Tries, now: number): number {
  return isLocked(tries, now) ? Math.ceil((tries.locked_until - now) / 1000) : 0;
}

export function afterWrong(tries: Tries, now: number): Tries {
  const wrong = tries.wrong + 1;
  return wrong >= mostTries ? { wrong: 0, locked_until: now + locked_ms } : { wrong, locked_until: 0 };
}

export function triesLeft(tries: Tries): number {
  return mostTries - tries.wrong;
}

export function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(hex.length >> 1);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = parseInt(hex.slice(at * 2, at * 2 + 2), 16);
  return bytes;
}

/** Compares all of it, however early the first difference is. */
function same(one: Uint8Array, other: Uint8Array): boolean {
  let difference = one.length ^ other.length;
  for (let at = 0; at < Math.min(one.length, other.length); at += 1) difference |= (one[at] ?? 0) ^ (other[at] ?? 0);
  return difference === 0;
}

export async function pinIsRight(pin: Pin, digits: string): Promise<boolean> {
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(digits), 'PBKDF2', false, ['deriveBits']);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt: bytesOf(pin.salt), iterations: pin.rounds };
  const expected = bytesOf(pin.hash);
  return same(new Uint8Array(await crypto.subtle.deriveBits(how, key, 256)), expected);
}

/** True when the set is too old to trust its PINs: first the server must be heard again. */
export function isTooOld(contact_at: number, pin_hours: number, now: number): boolean {
  return now - contact_at > pin_hours * 3_600_000;
}
