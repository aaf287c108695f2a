// SPDX-License-Identifier: EUPL-1.2
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

/** What the staff app says; src/app/speech/texts.ts names the same families for the compiler. */
const families = ['app.', 'basis.', 'lane.', 'refusal_reason.', 'role.', 'vehicle.', 'visit_reason.', 'weight.'];

function chosen(language: string): Record<string, string> {
  const all = JSON.parse(readFileSync(new URL(`./texts/${language}.json`, import.meta.url), 'utf8')) as Record<string, string>;
  return Object.fromEntries(Object.entries(all).filter(([code]) => families.some((family) => code.startsWith(family))));
}

/** `virtual:app-texts`: of the catalogue only what the staff app says. */
export function appTexts(): Plugin {
  const id = 'virtual:app-texts';
  return {
    name: 'app-texts',
    resolveId: (source) => (source === id ? '\0' + id : null),
    load: (source) =>
      source === '\0' + id ? `export const texts = ${JSON.stringify({ nl: chosen('nl'), en: chosen('en') })};` : null,
  };
}
