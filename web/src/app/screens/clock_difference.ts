// SPDX-License-Identifier: EUPL-1.2
import type { Code } from '../speech/texts';

export interface Difference {
  code: Extract<Code, 'app.clock.fast' | 'app.clock.slow'>;
  unit: Extract<Code, 'app.clock.minutes' | 'app.clock.hours' | 'app.clock.days'>;
  count: number;
}

const minute = 60_000;

/** How wrong the clock of this device is, in words; null while it is at most five minutes. */
export function clockDifference(offset_ms: number): Difference | null {
  const minutes = Math.round(Math.abs(offset_ms) / minute);
  if (Math.abs(offset_ms) <= 5 * minute) return null;
  const code = offset_ms < 0 ? 'app.clock.fast' : 'app.clock.slow';
  if (minutes < 100) return { code, unit: 'app.clock.minutes', count: minutes };
  if (minutes < 47 * 60) return { code, unit: 'app.clock.hours', count: Math.round(minutes / 60) };
  return { code, unit: 'app.clock.days', count: Math.round(minutes / 60 / 24) };
}
