// SPDX-License-Identifier: EUPL-1.2
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { showDecimal, showExactKilograms, showKilograms, showMoney, showPermille, showReportMass, showWhole } from './format';
import type { Language } from './format';
import type { Grams } from './mass';

interface Example {
  function: string;
  value: number;
  decimals?: number;
  nl: string;
  en: string;
}

const golden = JSON.parse(readFileSync(new URL('../../../tests/golden/format.json', import.meta.url), 'utf8')) as Example[];

function shown(example: Example, language: Language): string {
  switch (example.function) {
    case 'whole': return showWhole(language, example.value);
    case 'decimal': return showDecimal(language, example.value, example.decimals ?? 0);
    case 'kilograms': return showKilograms(language, example.value as Grams);
    case 'report_mass': return showReportMass(language, example.value as Grams);
    case 'money': return showMoney(language, example.value);
    case 'permille': return showPermille(language, example.value);
    default: throw new Error(`no such function: ${example.function}`);
  }
}

describe('figures are shown as the server shows them', () => {
  it.each(golden)('$function of $value', (example) => {
    expect(shown(example, 'nl')).toBe(example.nl);
    expect(shown(example, 'en')).toBe(example.en);
  });
});

it('keeps the grams that were typed', () => {
  expect(showExactKilograms('nl', 12_500 as Grams)).toBe('12,5\u00a0kg');
  expect(showExactKilograms('nl', 12_550 as Grams)).toBe('12,55\u00a0kg');
  expect(showExactKilograms('en', 350 as Grams)).toBe('0.35\u00a0kg');
  expect(showExactKilograms('en', 1 as Grams)).toBe('0.001\u00a0kg');
});
