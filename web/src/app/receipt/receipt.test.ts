// SPDX-License-Identifier: EUPL-1.2
import { expect, it } from 'vitest';
import type { Action, Deed, Done, Line } from '../outbox/actions';
import { momentInWords, numberOf, receiptOf, together } from './receipt';

const id = '0190a000-0000-7000-8000-00003f2a91bc';
const line = (stream: string, grams: number, more: Partial<Line> = {}): Line => ({
  lane: 'reuse', stream, category: null, grams, pieces: null, basis: 'measured', gross_g: null, tare: null, tare_g: null, scale: null, raw: null, ...more,
});
const done = (deed: Deed, state: Done['state'] = 'booked', visit = id): Done => ({
  action: { ...deed, id: visit, sequence: 1, person: 1, clock_at: '2027-03-12T09:00:00.000Z', offset_ms: 60_000 } as Action,
  state, detail: '', undone_by: null, dismissed: false,
});
const car = (lines: Line[]): Deed => ({
  kind: 'gate-visit',
  body: { lines, postcode: null, vehicle: null, reason: null, pass: null, receipt: 'paper', took_ms: 1, taps: 4 },
});

it('adds up what is alike, and keeps apart how it is known', () => {
  const lines = [line('furniture', 1000), line('household', 500), line('furniture', 2000), line('furniture', 400, { basis: 'estimated' })];
  expect(together(lines)).toEqual([
    { lane: 'reuse', stream: 'furniture', basis: 'measured', grams: 3000 },
    { lane: 'reuse', stream: 'household', basis: 'measured', grams: 500 },
    { lane: 'reuse', stream: 'furniture', basis: 'estimated', grams: 400 },
  ]);
});

it('is of the corrected clock, and says whether its address works yet', () => {
  const receipt = receiptOf(id, [done(car([line('furniture', 1000)]), 'waiting')]);
  expect(receipt).toMatchObject({ number: '3F2A-91BC', arrived: false, at: Date.parse('2027-03-12T09:01:00Z') });
  expect(receiptOf(id, [done(car([line('furniture', 1000)]))])?.arrived).toBe(true);
  expect(receiptOf('another', [done(car([]))])).toBeNull();
});

it('of a weighbridge is the difference, known as badly as the worse of the two', () => {
  const body = { lane: 'waste', stream: 'mixed', gross_g: 3_000_000, basis: 'measured', scale: 3, raw: 'S S', word: '3', vehicle: null } as const;
  const opened = done({ kind: 'ticket-open', body }, 'booked', 'ticket');
  const complete = done({ kind: 'ticket-complete', body: { ticket: 'ticket', tare_g: 1_000_000, tare: null, basis: 'estimated', scale: null, raw: null } });
  expect(receiptOf(id, [complete, opened])?.lines).toEqual([{ lane: 'waste', stream: 'mixed', basis: 'estimated', grams: 2_000_000 }]);
  expect(receiptOf(id, [complete]), 'another counter weighed it in').toBeNull();
});

it('has the number that its page has', () => expect(numberOf(id)).toBe('3F2A-91BC'));

it('says when in words', () => {
  const moment = new Date(2027, 2, 12, 9, 5).getTime();
  expect(momentInWords('nl', moment)).toBe('vrijdag 12 maart 2027, 09:05');
  expect(momentInWords('en', moment)).toBe('Friday 12 March 2027, 09:05');
});
