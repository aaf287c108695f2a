// SPDX-License-Identifier: EUPL-1.2
// Figures as people read them; the same rules as base/text.cpp on the server. Both are held to
// tests/golden/format.json.
import type { Grams } from './mass';

export type Language = 'nl' | 'en';

const noBreakSpace = '\u00a0';
const minus = '\u2212';

function dividedRounded(value: number, by: number): number {
  return value < 0 ? -Math.floor((-value + by / 2) / by) : Math.floor((value + by / 2) / by);
}

/** `value` counts units of 10^-decimals: showDecimal('nl', 12345, 1) is "1.234,5". */
export function showDecimal(language: Language, value: number, decimals: number): string {
  const [group, point] = language === 'nl' ? ['.', ','] : [',', '.'];
  const figures = Math.abs(value).toString().padStart(decimals + 1, '0');
  const whole = figures.slice(0, figures.length - decimals).replace(/\B(?=(\d{3})+$)/g, group);
  const shown = decimals > 0 ? whole + point + figures.slice(-decimals) : whole;
  return value < 0 ? minus + shown : shown;
}

export function showWhole(language: Language, value: number): string {
  return showDecimal(language, value, 0);
}

/** One decimal of kilograms, rounded half away from zero. */
export function showKilograms(language: Language, mass: Grams): string {
  return showDecimal(language, dividedRounded(mass, 100), 1);
}

/** As exact as it was typed: grams that are not whole hundreds keep their decimals. */
export function showExactKilograms(language: Language, mass: Grams): string {
  const decimals = mass % 100 === 0 ? 1 : mass % 10 === 0 ? 2 : 3;
  return showDecimal(language, mass / 10 ** (3 - decimals), decimals) + noBreakSpace + 'kg';
}

/** Whole kilograms, from 10,000 kg in tonnes. */
export function showReportMass(language: Language, mass: Grams): string {
  const kilograms = dividedRounded(mass, 1000);
  if (Math.abs(kilograms) < 10_000) return showWhole(language, kilograms) + noBreakSpace + 'kg';
  const tonnes = showWhole(language, dividedRounded(mass, 1_000_000));
  return tonnes + noBreakSpace + (language === 'nl' ? 'ton' : 'tonnes');
}

export function showMoney(language: Language, cents: number): string {
  return '€' + noBreakSpace + showDecimal(language, cents, 2);
}

export function showPermille(language: Language, permille: number): string {
  return showDecimal(language, permille, 1) + noBreakSpace + '%';
}
