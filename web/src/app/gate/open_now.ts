// SPDX-License-Identifier: EUPL-1.2
// When another place is open, as said to a visitor now: also days after the counter last heard of it.
import type { Language } from '../../base/format';
import type { Span } from '../base/counter_set';
import type { Code } from '../speech/texts';

export interface OpenWords {
  code: Code;
  values: Record<string, string>;
  open: boolean;
}

const zone = 'Europe/Amsterdam';
const day_ms = 86_400_000;
const clockOf = (moment: number): string => new Intl.DateTimeFormat('nl-NL', { hour: '2-digit', minute: '2-digit', timeZone: zone }).format(moment);
const weekdayOf = (moment: number, language: Language): string => new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: zone }).format(moment);

/** Days on the calendar since 1970: a day of 23 hours counts as one too. */
function dayNumber(moment: number): number {
  return Date.parse(new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(moment)) / day_ms;
}

/** Null when it is not known, or further away than the name of a weekday can say. */
export function openWords(spans: Span[], now: number, language: Language): OpenWords | null {
  const coming = spans.map(({ from, to }) => ({ from: Date.parse(from), to: Date.parse(to) })).filter(({ to }) => to > now).sort((one, other) => one.from - other.from);
  const next = coming[0];
  if (!next) return null;
  if (next.from <= now) return { code: 'app.refusal.open_until', values: { time: clockOf(next.to) }, open: true };
  const ahead = dayNumber(next.from) - dayNumber(now);
  const values = { time: clockOf(next.from), day: weekdayOf(next.from, language) };
  if (ahead === 0) return { code: 'app.refusal.opens_at', values, open: false };
  if (ahead === 1) return { code: 'app.refusal.opens_tomorrow', values, open: false };
  return ahead < 7 ? { code: 'app.refusal.opens_on', values, open: false } : null;
}
