// SPDX-License-Identifier: EUPL-1.2
// What a scale says, and when it may be believed.

export type ScaleState = 'still' | 'moving' | 'over' | 'under' | 'silent' | 'unreadable';

export interface Reading {
  state: ScaleState;
  grams: number | null;
  raw: string | null;
}

export const silence: Reading = { state: 'silent', grams: null, raw: null };

const states: readonly string[] = ['still', 'moving', 'over', 'under', 'silent', 'unreadable'];

/** A reading in the data of an event, or null when it is not what was agreed. */
export function readReading(data: unknown): Reading | null {
  if (typeof data !== 'string') return null;
  try {
    const found = JSON.parse(data) as { state?: unknown; grams?: unknown; raw?: unknown } | null;
    if (typeof found?.state !== 'string' || !states.includes(found.state)) return null;
    const grams = typeof found.grams === 'number' && Number.isSafeInteger(found.grams) ? found.grams : null;
    return { state: found.state as ScaleState, grams, raw: typeof found.raw === 'string' ? found.raw : null };
  } catch {
    return null;
  }
}

export interface Watch {
  reading: Reading;
  heard_at: number;
  /** Since when it moves without a rest; null while it does not. */
  moving_since: number | null;
}

export const silentWatch: Watch = { reading: silence, heard_at: 0, moving_since: null };

export function hear(watch: Watch, reading: Reading, now: number): Watch {
  const moving_since = reading.state === 'moving' ? (watch.moving_since ?? now) : null;
  return { reading, heard_at: now, moving_since };
}

const silentAfter = 3000;
const restlessAfter = 3000;

/** A scale that says nothing for three seconds is silent, whatever it said last. */
export function readingAt(watch: Watch, now: number): Reading {
  return now - watch.heard_at > silentAfter ? silence : watch.reading;
}

/** True when somebody may take a moving weight as an estimate. */
export function isRestless(watch: Watch, now: number): boolean {
  const moves = readingAt(watch, now).state === 'moving';
  return moves && watch.moving_since !== null && now - watch.moving_since >= restlessAfter;
}
