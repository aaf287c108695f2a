// SPDX-License-Identifier: EUPL-1.2
// Brings what waits to the server, in the order of the numbers, until nothing waits.
import type { Batch, Outcome } from './actions';
import type { Cabinet } from './cabinet';
import { nextBatch, noteContact, settle, type Moment } from './outbox';

export interface Answer {
  status: number;
  server_time?: string;
  outcomes?: Outcome[];
}

export interface Road {
  /** Throws when the server cannot be reached. */
  send: (batch: Batch) => Promise<Answer>;
  moment: () => Moment;
  /** Called when something left the outbox. */
  changed: () => void;
}

/** `unknown`: this device is not registered; `blocked`: it may no longer book. */
export type Ending = 'empty' | 'later' | 'unknown' | 'blocked';

/** The server looked at its clock somewhere between question and answer. */
export function halfway(asked_at: number, answered: Moment): Moment {
  return { ...answered, now: Math.max(asked_at, Math.round((asked_at + answered.now) / 2)) };
}

async function sendOnce(road: Road, batch: Batch): Promise<Answer> {
  try {
    return await road.send(batch);
  } catch {
    return { status: 0 };
  }
}

/** Sends batch after batch; whatever is not a full answer leaves all that waits where it is. */
export async function deliverAll(cabinet: Cabinet, road: Road): Promise<Ending> {
  for (;;) {
    const batch = await nextBatch(cabinet, road.moment());
    if (!batch) return 'empty';
    const asked_at = road.moment().now;
    const answer = await sendOnce(road, batch);
    if (answer.status === 401) return 'unknown';
    if (answer.status === 403) return 'blocked';
    if (answer.status !== 200 || !answer.outcomes) return 'later';
    if (answer.server_time) await noteContact(cabinet, halfway(asked_at, road.moment()), answer.server_time);
    const settled = await settle(cabinet, batch, answer.outcomes);
    road.changed();
    if (settled === 0) return 'later';
  }
}

/** 1, 2, 4 … 60 seconds. */
export function waitAfter(failures: number): number {
  return Math.min(60, 2 ** Math.max(0, failures - 1)) * 1000;
}

export interface Runner {
  deliver: () => Promise<Ending>;
  ended: (ending: Ending) => void;
  /** Runs `work` while no other tab delivers. */
  alone: <Result>(work: () => Promise<Result>) => Promise<Result>;
  later: (work: () => void, after_ms: number) => () => void;
}

/** Gives the function that wakes the delivery: after a new action, when the network is back, at the start. */
export function startDelivery(runner: Runner): () => void {
  let failures = 0;
  let running = false;
  let again = false;
  let cancel = (): void => undefined;

  const run = async (): Promise<void> => {
    running = true;
    let ending: Ending;
    do {
      again = false;
      ending = await runner.alone(runner.deliver).catch((): Ending => 'later');
    } while (again && ending === 'empty');
    running = false;
    failures = ending === 'empty' ? 0 : failures + 1;
    if (ending !== 'empty') cancel = runner.later(wake, waitAfter(failures));
    runner.ended(ending);
  };
  const wake = (): void => {
    again = true;
    if (running) return;
    cancel();
    void run();
  };
  return wake;
}
