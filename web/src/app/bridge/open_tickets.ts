// SPDX-License-Identifier: EUPL-1.2
// The lorries that stand inside: what the server knows, with what this device did since.
import type { GateDay } from '../base/server';
import type { Done } from '../outbox/actions';

export type OpenTicket = GateDay['tickets_open'][number];

export function openTickets(fromServer: OpenTicket[], done: Done[]): OpenTicket[] {
  const closed = new Set<string>();
  const own: OpenTicket[] = [];
  for (const { action, state } of done) {
    if (state === 'refused') continue;
    if (action.kind === 'ticket-complete' || action.kind === 'ticket-void') closed.add(action.body.ticket);
    if (action.kind !== 'ticket-open') continue;
    const { word, lane, stream, gross_g, basis } = action.body;
    own.push({ ticket: action.id, word, lane, stream, gross_g, basis, opened_at: action.clock_at });
  }
  const all = [...fromServer, ...own.filter((one) => !fromServer.some((other) => other.ticket === one.ticket))];
  return all.filter((one) => !closed.has(one.ticket)).sort((one, other) => (one.opened_at < other.opened_at ? -1 : 1));
}

/** The lowest number from 1 that no open ticket has: short enough to say to a driver. */
export function freeWord(open: OpenTicket[]): string {
  const taken = new Set(open.map((one) => one.word));
  let word = 1;
  while (taken.has(String(word))) word += 1;
  return String(word);
}
