// SPDX-License-Identifier: EUPL-1.2

/** Whole grams. Kilograms exist only in what people read and type. */
export type Grams = number & { readonly unit: 'g' };

/** Nobody weighs more than this at once; the server says the same. */
export const mostGrams = 999_999_999 as Grams;

/**
 * Reads "12", "12,5" or "0.350" (kilograms); spaces around it and "kg" behind it are fine. Null when
 * nobody would write a mass that way: "1.234,5" and "1.234" could be read in two ways, so they are asked again.
 */
export function parseKilograms(text: string): Grams | null {
  const match = /^(\d{1,6})(?:[.,](\d{1,3}))?\s*(?:kg)?$/i.exec(text.trim());
  if (!match || isAmbiguous(text)) return null;
  const [, whole = '', decimals = ''] = match;
  return (Number(whole) * 1000 + Number(decimals.padEnd(3, '0'))) as Grams;
}

/** A point with three digits behind it separates thousands for most people here; the server says the same. */
function isAmbiguous(text: string): boolean {
  return /^(?!0\.)\d{1,3}\.\d{3}\s*(?:kg)?$/i.test(text.trim());
}

/** Why a typed mass cannot be booked, as the code of a text; null while it can, or while empty. */
export function doubtAbout(text: string): 'weight.ambiguous' | 'weight.not_a_mass' | 'weight.nothing' | 'weight.unsure' | null {
  if (text.trim() === '') return null;
  if (isAmbiguous(text)) return 'weight.ambiguous';
  const grams = parseKilograms(text);
  if (grams === null) return /[.,].*[.,]/.test(text) ? 'weight.unsure' : 'weight.not_a_mass';
  return grams === 0 ? 'weight.nothing' : null;
}
