// SPDX-License-Identifier: EUPL-1.2
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { fill } from './fill';
import { say } from './texts';

function catalogue(language: string): Record<string, string> {
  return JSON.parse(readFileSync(new URL(`../../texts/${language}.json`, import.meta.url), 'utf8')) as Record<string, string>;
}
const holes = (text = ''): string[] => [...text.matchAll(/\{\w+\}/g)].map(String).sort();

it('fills holes', () => {
  expect(fill('{n} nieuwe, {m}', { n: '3' })).toBe('3 nieuwe, {m}');
  expect(say('nl', 'day.some_new', { count: '3' })).toBe('3 nieuwe boekingen, ververs');
});

it('has every text in both languages, with the same holes', () => {
  const nl = catalogue('nl');
  const en = catalogue('en');
  expect(Object.keys(en).sort()).toEqual(Object.keys(nl).sort());
  for (const [code, text] of Object.entries(nl)) expect(holes(en[code]), code).toEqual(holes(text));
});

it('raises its voice nowhere', () => {
  for (const language of ['nl', 'en']) {
    for (const [code, text] of Object.entries(catalogue(language))) {
      expect(text.trim(), code).toBe(text);
      expect(text, code).not.toMatch(/!|succesvol/);
    }
  }
});
