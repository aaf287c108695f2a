// SPDX-License-Identifier: EUPL-1.2
// What a visitor takes home, out of what this device knows itself.
import type { Language } from '../../base/format';
import type { Action, Basis, Done, Lane, Line } from '../outbox/actions';

export interface ReceiptLine {
  lane: Lane;
  stream: string;
  basis: Basis;
  grams: number;
}

export interface Receipt {
  visit: string;
  /** "3F2A-91BC", as on the page of the receipt: the end of the id, which is chance; its beginning is the time. */
  number: string;
  at: number;
  lines: ReceiptLine[];
  /** The server has it: only then its address works. */
  arrived: boolean;
}

export function numberOf(visit: string): string {
  const end = visit.slice(28).toUpperCase();
  return `${end.slice(0, 4)}-${end.slice(4)}`;
}

/** Two chairs that were weighed one by one are one line of furniture. */
export function together(lines: Pick<Line, 'lane' | 'stream' | 'basis' | 'grams'>[]): ReceiptLine[] {
  const sums = new Map<string, ReceiptLine>();
  for (const { lane, stream, basis, grams } of lines) {
    const key = [lane, stream, basis].join(' ');
    const sum = sums.get(key) ?? { lane, stream, basis, grams: 0 };
    sums.set(key, { ...sum, grams: sum.grams + grams });
  }
  return [...sums.values()];
}

/** What a vehicle left behind; null when another device weighed it in. */
function leftBehind(action: Extract<Action, { kind: 'ticket-complete' }>, done: Done[]): ReceiptLine[] | null {
  const opened = done.find((one) => one.action.id === action.body.ticket)?.action;
  if (opened?.kind !== 'ticket-open') return null;
  const { lane, stream, gross_g, basis } = opened.body;
  const guessed = basis === 'estimated' || action.body.basis === 'estimated';
  return [{ lane, stream, basis: guessed ? 'estimated' : basis, grams: gross_g - action.body.tare_g }];
}

/** Null when this device does not know that visit. */
export function receiptOf(visit: string, done: Done[]): Receipt | null {
  const found = done.find((one) => one.action.id === visit);
  if (!found) return null;
  const { action, state } = found;
  const lines = action.kind === 'gate-visit' || action.kind === 'gate-correction' ? together(action.body.lines)
    : action.kind === 'ticket-complete' ? leftBehind(action, done) : null;
  if (!lines) return null;
  return { visit, number: numberOf(visit), at: Date.parse(action.clock_at) + action.offset_ms, lines, arrived: state === 'booked' };
}

/** "vrijdag 12 maart 2027, 10:42". */
export function momentInWords(language: Language, moment: number): string {
  const locale = language === 'nl' ? 'nl-NL' : 'en-GB';
  const date = new Date(moment);
  const day = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(date);
  const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(date);
  return `${day.replace(',', '')}, ${time}`;
}
