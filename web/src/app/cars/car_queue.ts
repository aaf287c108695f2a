// SPDX-License-Identifier: EUPL-1.2
// How many cars wait before the gate. Somebody counts them; each car that is booked after that is one less.
import { dayOf } from '../base/server';

/** More does not fit before a gate; the server refuses it too. */
export const mostWaiting = 200;

/** What the server knows: its last count, less what was booked after it. */
export interface QueueAnswer {
  waiting: number;
  counted_at: string | null;
  busiest_hour: number;
}

/** Moments are those of the corrected clock. */
export interface CarQueue {
  waiting: number;
  /** What was counted at that moment, before cars went off it. */
  counted: number;
  counted_at: number;
  /** Counted here, and the server does not know it yet. */
  unsent: boolean;
  busiest_hour: number;
  heard_at: number;
}

export const noQueue: CarQueue = { waiting: 0, counted: 0, counted_at: 0, unsent: false, busiest_hour: 0, heard_at: 0 };

export function countedNow(queue: CarQueue, waiting: number, now: number): CarQueue {
  const counted = Math.min(mostWaiting, Math.max(0, waiting));
  return { ...queue, waiting: counted, counted, counted_at: now, unsent: true };
}

export function oneBooked(queue: CarQueue): CarQueue {
  return { ...queue, waiting: Math.max(0, queue.waiting - 1) };
}

/**
 * Takes over what the server says, less the cars that are still on their way to it. A count that was made
 * here while we asked stays; `sent` is the count that this is the answer to.
 */
export function heard(queue: CarQueue, answer: QueueAnswer, onTheirWay: number[], now: number, sent: CarQueue | null): CarQueue {
  const news = { busiest_hour: answer.busiest_hour, heard_at: now };
  if (queue.unsent && queue.counted_at !== sent?.counted_at) return { ...queue, ...news };
  const counted_at = answer.counted_at === null ? 0 : Date.parse(answer.counted_at);
  const gone = onTheirWay.filter((at) => at > counted_at).length;
  return { waiting: Math.max(0, answer.waiting - gone), counted: answer.waiting, counted_at, unsent: false, ...news };
}

/** The count of yesterday says nothing about this morning. */
export function waitingNow(queue: CarQueue, now: number): number {
  return dayOf(queue.counted_at) === dayOf(now) ? queue.waiting : 0;
}

const fewestInHour = 6;

/** About how long the last car waits; as wait_minutes on the server, see there for why and when not. */
export function waitMinutes(waiting: number, busiest_hour: number): number | null {
  if (waiting <= 0 || busiest_hour < fewestInHour) return null;
  const minutes = Math.ceil((waiting * 60) / busiest_hour);
  return minutes <= 10 ? minutes : Math.ceil(minutes / 5) * 5;
}

const heardLongAgo_ms = 30 * 60_000;

/** Null too when the server was not heard for so long that the busiest hour may be another one by now. */
export function minutesNow(queue: CarQueue, now: number): number | null {
  if (now - queue.heard_at > heardLongAgo_ms) return null;
  return waitMinutes(waitingNow(queue, now), queue.busiest_hour);
}
