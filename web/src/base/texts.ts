// SPDX-License-Identifier: EUPL-1.2
import { texts } from 'virtual:island-texts';
import { fill } from './fill';

export type Language = 'nl' | 'en';

/** What the islands say. The build takes these codes, and no others, from web/texts. */
export type Code = keyof (typeof texts)['nl'];

export function say(language: Language, code: Code, values: Record<string, string> = {}): string {
  return fill(texts[language][code], values);
}
