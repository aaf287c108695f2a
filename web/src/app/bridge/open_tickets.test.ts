// SPDX-License-Identifier: EUPL-1.2
import { expect, it } from 'vitest';
import type { Action, Deed, Done } from '../outbox/actions';
import { freeWord, openTickets, type OpenTicket } from './open_tickets';

const ticket = (id: string, word: string): OpenTicket => ({
  ticket: id, word, lane: 'waste', stream: 'construction', gross_g: 3_000_000, basis: 'measured', opened_at: `2027-03-12T10:0${word}:00.000Z`,
});
const done = (id: string, deed: Deed, state: Done['state'] = 'waiting'): Done => ({
  action: { ...deed, id, sequence: 1, person: 1, clock_at: '2027-03-12T11:00:00.000Z', offset_ms: 0 } as Action,
  state, detail: '', undone_by: null, dismissed: false,
});
const opened: Deed = {
  kind: 'ticket-open',
  body: { lane: 'waste', stream: 'mixed', gross_g: 1, basis: 'measured', scale: null, raw: null, word: '3', vehicle: null },
};

it('joins the server and this device, each ticket once, oldest first', () => {
  const open = openTickets([ticket('b', '2'), ticket('a', '1')], [done('a', opened), done('c', opened)]);
  expect(open.map((one) => one.ticket)).toEqual(['a', 'b', 'c']);
});

it('leaves out what this device closed, unless the server refused that', () => {
  const gone: Deed = { kind: 'ticket-void', body: { ticket: 'a', reason: 'drove-away' } };
  expect(openTickets([ticket('a', '1')], [done('x', gone)])).toEqual([]);
  expect(openTickets([ticket('a', '1')], [done('x', gone, 'refused')]).length).toBe(1);
});

it('gives the first free number', () => {
  expect(freeWord([])).toBe('1');
  expect(freeWord([ticket('a', '1'), ticket('b', '3')])).toBe('2');
});
