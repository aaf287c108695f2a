// SPDX-License-Identifier: EUPL-1.2
import { texts } from 'virtual:island-texts';

export type Language = 'nl' | 'en';

/** What the islands say. The build takes these codes, and no others, from web/texts. */
export type Code = keyof (typeof texts)['nl'];

/** Replaces each `{name}` of `text`; a hole without a value stays, so that a test can see it. */
export function fill(text: string, values: Record<string, string> = {}): string {
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => values[name] ?? hole);
}

export function say(language: Language, code: Code, values: Record<string, string> = {}): string {
  return fill(texts[language][code], values);
}
