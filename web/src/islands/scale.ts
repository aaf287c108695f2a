// SPDX-License-Identifier: EUPL-1.2
import type { Grams } from '../base/mass';

const states = ['still', 'moving', 'over', 'under', 'silent', 'unreadable'] as const;
export type ScaleState = (typeof states)[number];

/** What a scale says at one moment. */
export interface ScaleReading {
  state: ScaleState;
  grams: Grams | null;
  /** The line as the scale sent it; empty when it is silent. */
  raw: string;
  /** RFC 3339. */
  at: string;
}

const isState = (state: unknown): state is ScaleState => (states as readonly unknown[]).includes(state);
const isGrams = (grams: unknown): grams is Grams | null =>
  grams === null || (typeof grams === 'number' && Number.isSafeInteger(grams));

/** The data of a "reading" event, or null when they are not what was agreed. */
export function readReading(data: unknown): ScaleReading | null {
  if (typeof data !== 'string') return null;
  try {
    const { state, grams, raw, at } = JSON.parse(data) as Record<string, unknown>;
    if (!isState(state) || !isGrams(grams)) return null;
    if (typeof raw !== 'string' || typeof at !== 'string') return null;
    return { state, grams, raw, at };
  } catch {
    return null;
  }
}

/** The colour of its chip: a load that moves waits, what cannot be booked stops. */
export function chipOf(state: ScaleState): 'ok' | 'wait' | 'stop' {
  if (state === 'still') return 'ok';
  return state === 'moving' ? 'wait' : 'stop';
}

/** The last lines, the newest at the end. */
export function withLine(lines: ScaleReading[], reading: ScaleReading, most: number): ScaleReading[] {
  return reading.raw === '' ? lines : [...lines, reading].slice(-most);
}

/** "11:36:00": the clock in Amsterdam, as the server shows it. */
export function clockOf(at: string): string {
  return new Date(at).toLocaleTimeString('nl-NL', { timeZone: 'Europe/Amsterdam' });
}
