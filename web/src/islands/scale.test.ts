// SPDX-License-Identifier: EUPL-1.2
import { expect, it } from 'vitest';
import { chipOf, clockOf, readReading, withLine, type ScaleReading } from './scale';

const still = '{"state":"still","grams":18400,"raw":"S S      18.40 kg","at":"2027-03-12T10:36:00.250Z"}';

it('reads a reading and nothing that only looks like one', () => {
  expect(readReading(still)).toEqual({ state: 'still', grams: 18400, raw: 'S S      18.40 kg', at: '2027-03-12T10:36:00.250Z' });
  expect(readReading(still.replace('18400', 'null'))?.grams).toBeNull();
  const wrong = ['18400.5', '"18400"'].map((grams) => still.replace('18400', grams));
  for (const data of [...wrong, still.replace('still', 'asleep'), still.replace('"raw"', '"row"'), '', 'null', '[]', '{', undefined]) {
    expect(readReading(data)).toBeNull();
  }
});

it('shows a weight at rest as good, one that moves as not yet, all else as not', () => {
  expect(chipOf('still')).toBe('ok');
  expect(chipOf('moving')).toBe('wait');
  for (const state of ['over', 'under', 'silent', 'unreadable'] as const) expect(chipOf(state)).toBe('stop');
});

it('keeps the newest lines, and none of a scale that says nothing', () => {
  const line = (raw: string): ScaleReading => ({ state: 'still', grams: null, raw, at: '' });
  const three = ['a', 'b', 'c'].map(line);
  expect(withLine(three, line('d'), 3).map(({ raw }) => raw)).toEqual(['b', 'c', 'd']);
  expect(withLine(three, line(''), 3)).toBe(three);
});

it('tells the time to the second', () => {
  expect(clockOf('2027-03-12T10:36:07.250Z')).toBe('11:36:07');
});
