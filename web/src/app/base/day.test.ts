// SPDX-License-Identifier: EUPL-1.2
import { expect, test } from 'vitest';
import { dayOf } from './server';

test('a day is that of the books, whatever zone the tablet is set to', () => {
  expect(dayOf(Date.parse('2026-11-26T22:59:59Z'))).toBe('2026-11-26');
  expect(dayOf(Date.parse('2026-11-26T23:00:00Z'))).toBe('2026-11-27');
  expect(dayOf(Date.parse('2026-07-01T21:59:59Z'))).toBe('2026-07-01');
  expect(dayOf(Date.parse('2026-07-01T22:00:00Z'))).toBe('2026-07-02');
});
