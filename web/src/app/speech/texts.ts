// SPDX-License-Identifier: EUPL-1.2
import { texts } from 'virtual:app-texts';
import type nl from '../../../texts/nl.json';
import { fill } from '../../base/fill';
import type { Language } from '../../base/format';

type Family = 'app' | 'basis' | 'lane' | 'refusal_reason' | 'role' | 'vehicle' | 'visit_reason' | 'weight';

/** What the app can say; a code that is not in the catalogue does not compile. */
export type Code = Extract<keyof typeof nl, `${Family}.${string}`>;

export function sayIn(language: Language, code: Code, values: Record<string, string> = {}): string {
  return fill(texts[language][code] ?? code, values);
}

/** Codes of the server are open: one that this version does not know yet is shown as it is. */
export function nameIn(language: Language, family: Family, code: string): string {
  return texts[language][`${family}.${code}`] ?? code;
}
