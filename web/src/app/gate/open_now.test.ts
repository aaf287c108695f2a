// SPDX-License-Identifier: EUPL-1.2
import { describe, expect, it } from 'vitest';
import { openWords } from './open_now';

// A Friday and a Saturday before summer time begins, and the Monday after it.
const spans = [
  { from: '2027-03-26T09:00:00.000Z', to: '2027-03-26T16:00:00.000Z' },
  { from: '2027-03-27T09:00:00.000Z', to: '2027-03-27T11:30:00.000Z' },
  { from: '2027-03-27T12:00:00.000Z', to: '2027-03-27T16:00:00.000Z' },
  { from: '2027-03-29T08:00:00.000Z', to: '2027-03-29T15:00:00.000Z' },
];
const at = (moment: string) => openWords(spans, Date.parse(moment), 'nl');

describe('another place', () => {
  it('is open until the end of its stretch, and not a moment longer', () => {
    expect(at('2027-03-26T09:00:00Z')).toMatchObject({ code: 'app.refusal.open_until', values: { time: '17:00' }, open: true });
    expect(at('2027-03-26T16:00:00Z')).toMatchObject({ code: 'app.refusal.opens_tomorrow', values: { time: '10:00' }, open: false });
  });
  it('is closed in the evening, and opens tomorrow', () =>
    expect(at('2027-03-26T18:34:00Z')).toMatchObject({ code: 'app.refusal.opens_tomorrow', values: { time: '10:00' }, open: false }));
  it('is closed for lunch, and opens today', () =>
    expect(at('2027-03-27T11:45:00Z')).toMatchObject({ code: 'app.refusal.opens_at', values: { time: '13:00' }, open: false }));
  it('opens on a weekday, by the clock of that day', () =>
    expect(at('2027-03-27T17:00:00Z')).toMatchObject({ code: 'app.refusal.opens_on', values: { day: 'maandag', time: '10:00' }, open: false }));
  it('says nothing when it is not known, or no longer', () => {
    expect(openWords([], Date.parse('2027-03-26T09:00:00Z'), 'nl')).toBeNull();
    expect(at('2027-03-29T15:00:00Z')).toBeNull();
  });
  it('says nothing where the weekday would mean another week', () => {
    expect(at('2027-03-20T09:00:00Z')).toMatchObject({ values: { day: 'vrijdag' } });
    expect(at('2027-03-19T18:00:00Z')).toBeNull();
  });
});
