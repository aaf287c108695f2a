// SPDX-License-Identifier: EUPL-1.2
// What the app asks of the server. Each call gives an answer or throws when there is none.
import type { QueueAnswer } from '../cars/car_queue';
import type { Batch, Line, Outcome } from '../outbox/actions';
import type { Answer } from '../outbox/delivery';
import type { CounterSet } from './counter_set';

const patience_ms = 20_000;

function ask(address: string, language: string, more: RequestInit = {}): Promise<Response> {
  const headers = { Accept: 'application/json', 'Accept-Language': language, ...more.headers };
  return fetch(address, { ...more, headers, cache: 'no-store', signal: AbortSignal.timeout(patience_ms) });
}

export interface SetAnswer {
  status: number;
  set: CounterSet | null;
  etag: string;
  /** From the Date header when the set itself did not change. */
  server_time: string;
}

export async function fetchSet(etag: string, language: string): Promise<SetAnswer> {
  const answer = await ask('/api/v1/counter-sets/own', language, etag ? { headers: { 'If-None-Match': etag } } : {});
  const set = answer.status === 200 ? ((await answer.json()) as CounterSet) : null;
  const server_time = set?.server_time ?? answer.headers.get('Date') ?? '';
  return { status: answer.status, set, etag: answer.headers.get('ETag') ?? '', server_time };
}

export async function sendBatch(centre: number, batch: Batch, language: string): Promise<Answer> {
  const headers = { 'Content-Type': 'application/json' };
  const answer = await ask(`/api/v1/centres/${centre}/actions`, language, { method: 'POST', headers, body: JSON.stringify(batch) });
  if (answer.status !== 200) return { status: answer.status };
  const found = (await answer.json()) as { server_time?: string; outcomes?: Outcome[] };
  return { status: 200, ...found };
}

/** With a count: keeps it first. Null when the server does not take it. */
export async function shareQueue(centre: number, language: string, count?: { waiting: number; counted_at: string }): Promise<QueueAnswer | null> {
  const posting = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(count) };
  const answer = await ask(`/api/v1/centres/${centre}/queue-counts`, language, count ? posting : {});
  return answer.ok ? ((await answer.json()) as QueueAnswer) : null;
}

/** A car as the server keeps it. What is not known is absent. */
export interface DayVisit {
  id: string;
  at: string;
  lines: (Pick<Line, 'lane' | 'stream' | 'grams' | 'basis'> & { [Part in keyof Line]?: NonNullable<Line[Part]> })[];
  postcode?: string;
  vehicle?: string;
  reason?: string;
  undone: boolean;
  device: number;
}

export interface GateDay {
  day: string;
  visits: DayVisit[];
  refusals: { id: string; at: string; reason: string; undone: boolean }[];
  tickets_open: { ticket: string; word: string; lane: string; stream: string; gross_g: number; basis: string; opened_at: string }[];
  cars_by_hour: { hour: number; cars: number }[];
}

/** Null when it cannot be had now. */
export async function fetchDay(centre: number, day: string, language: string): Promise<GateDay | null> {
  try {
    const answer = await ask(`/api/v1/centres/${centre}/gate-days/${day}`, language);
    return answer.ok ? ((await answer.json()) as GateDay) : null;
  } catch {
    return null;
  }
}

/** Days are those of the books, whatever zone the tablet is set to. */
const dayWords = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Amsterdam' });

export function dayOf(moment: number): string {
  return dayWords.format(moment); // Swedish writes a day as the books do
}
