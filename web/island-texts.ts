// SPDX-License-Identifier: EUPL-1.2
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const codes = [
  'day.one_new',
  'day.some_new',
  'scale_state.moving',
  'scale_state.over',
  'scale_state.silent',
  'scale_state.still',
  'scale_state.under',
  'scale_state.unreadable',
  'scales.sent',
  'scales.sent_nothing',
  'weight.ambiguous',
  'weight.not_a_mass',
  'weight.nothing',
  'weight.understood',
  'weight.unsure',
];

function chosen(language: string): Record<string, string> {
  const all = JSON.parse(readFileSync(new URL(`./texts/${language}.json`, import.meta.url), 'utf8')) as Record<string, string>;
  return Object.fromEntries(
    codes.map((code) => {
      const text = all[code];
      if (text === undefined) throw new Error(`web/texts/${language}.json lacks ${code}`);
      return [code, text];
    }),
  );
}

/** `virtual:island-texts`: of the catalogue only what the islands say, so that pages stay small. */
export function islandTexts(): Plugin {
  const id = 'virtual:island-texts';
  return {
    name: 'island-texts',
    resolveId: (source) => (source === id ? '\0' + id : null),
    load: (source) =>
      source === '\0' + id ? `export const texts = ${JSON.stringify({ nl: chosen('nl'), en: chosen('en') })};` : null,
  };
}
