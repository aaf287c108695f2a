// SPDX-License-Identifier: EUPL-1.2
// The language of this device, and what is said in it.
import { showExactKilograms, showKilograms, type Language } from '../../base/format';
import type { Grams } from '../../base/mass';
import { nameIn, sayIn, type Code } from './texts';

export const speech = $state<{ language: Language }>({ language: 'nl' });

export function say(code: Code, values: Record<string, string> = {}): string {
  return sayIn(speech.language, code, values);
}

export function sayCount(one: Code, more: Code, count: number): string {
  return count === 1 ? say(one) : say(more, { count: String(count) });
}

export function nameOfCode(family: Parameters<typeof nameIn>[1], code: string): string {
  return nameIn(speech.language, family, code);
}

/** "18,4 kg". */
export function mass(grams: number): string {
  return `${showKilograms(speech.language, grams as Grams)}\u00a0kg`;
}

export function exactMass(grams: number): string {
  return showExactKilograms(speech.language, grams as Grams);
}

/** Only the figure, for a large read-out with its unit beside it. */
export function figure(grams: number): string {
  return showKilograms(speech.language, grams as Grams);
}

export function clock(moment: number | string): string {
  const date = new Date(moment);
  return [date.getHours(), date.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':');
}
