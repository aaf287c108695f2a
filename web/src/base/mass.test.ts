// SPDX-License-Identifier: EUPL-1.2
import { describe, expect, it } from 'vitest';
import { doubtAbout, parseKilograms } from './mass';

describe('parseKilograms', () => {
  it.each([
    ['12', 12_000],
    ['12,5', 12_500],
    ['0.350', 350],
    ['0,05', 50],
    [' 7 ', 7_000],
    ['3,2 kg', 3_200],
    ['1,234', 1_234],
    ['12.34', 12_340],
    ['1234.567', 1_234_567],
    ['999999,999', 999_999_999],
  ])('reads %s', (text, grams) => expect(parseKilograms(text)).toBe(grams));

  it.each(['', 'kg', '-1', '1e3', '1.234,5', '1.234', '18.500 kg', '12,', ',5', '1,2345', '1234567', '12 5', '١٢'])(
    'does not guess at "%s"',
    (text) => expect(parseKilograms(text)).toBeNull(),
  );
});

describe('doubtAbout', () => {
  it('says nothing about an empty field or a good mass', () => {
    expect(doubtAbout('')).toBeNull();
    expect(doubtAbout('12,5')).toBeNull();
  });
  it('names what is wrong', () => {
    expect(doubtAbout('0')).toBe('weight.nothing');
    expect(doubtAbout('1.234,5')).toBe('weight.unsure');
    expect(doubtAbout('1.234')).toBe('weight.ambiguous');
    expect(doubtAbout('veel')).toBe('weight.not_a_mass');
  });
});
