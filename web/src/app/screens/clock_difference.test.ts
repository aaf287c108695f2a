// SPDX-License-Identifier: EUPL-1.2
import { expect, it } from 'vitest';
import { clockDifference } from './clock_difference';

it('says how far the clock is off once that matters', () => {
  expect(clockDifference(0)).toBeNull();
  expect(clockDifference(-5 * 60_000)).toBeNull();
  expect(clockDifference(-2 * 3_600_000)).toEqual({ code: 'app.clock.fast', unit: 'app.clock.hours', count: 2 });
  expect(clockDifference(7 * 60_000)).toEqual({ code: 'app.clock.slow', unit: 'app.clock.minutes', count: 7 });
  expect(clockDifference(72 * 3_600_000)).toMatchObject({ unit: 'app.clock.days', count: 3 });
});
