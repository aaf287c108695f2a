// SPDX-License-Identifier: EUPL-1.2
// The queue of this centre as this device knows it: kept in the browser, shared while there is network.
import type { Action } from '../outbox/actions';
import type { Cabinet, Change } from '../outbox/cabinet';
import { countedNow, heard, noQueue, oneBooked, type CarQueue, type QueueAnswer } from './car_queue';

export interface Gatehouse {
  /** The corrected clock. */
  now: () => number;
  /** Each throws, or gives null, when the server does not answer. */
  ask: () => Promise<QueueAnswer | null>;
  tell: (waiting: number, counted_at: number) => Promise<QueueAnswer | null>;
  /** The screen shows this one from now on. */
  became: (queue: CarQueue) => void;
  /** Other tabs may look. */
  changed: () => void;
}

async function queueIn(change: Change): Promise<CarQueue> {
  return ((await change.get('session', 'queue')) as CarQueue | undefined) ?? noQueue;
}

/** When the cars that wait to be sent were booked. */
async function onTheirWay(change: Change): Promise<number[]> {
  const waiting = (await change.all('outbox')) as Action[];
  const cars = waiting.filter((action) => action.kind === 'gate-visit' || action.kind === 'ticket-complete');
  return cars.map((action) => Date.parse(action.clock_at) + action.offset_ms);
}

export class Cars {
  queue: CarQueue = noQueue;
  private asking: Promise<void> | null = null;
  private again = false;

  constructor(private readonly cabinet: Cabinet, private readonly gatehouse: Gatehouse) {}

  async look(): Promise<void> {
    this.show(await this.cabinet.change(queueIn));
  }

  private async become(next: (queue: CarQueue, change: Change) => CarQueue | Promise<CarQueue>): Promise<void> {
    const changed = await this.cabinet.change(async (change) => {
      const queue = await next(await queueIn(change), change);
      await change.put('session', 'queue', queue);
      return queue;
    });
    this.show(changed);
  }

  private show(queue: CarQueue): void {
    this.queue = queue;
    this.gatehouse.became(queue);
  }

  async count(waiting: number): Promise<void> {
    await this.become((queue) => countedNow(queue, waiting, this.gatehouse.now()));
    this.gatehouse.changed();
    void this.share();
  }

  booked(): Promise<void> {
    return this.become(oneBooked);
  }

  /** Tells what was counted here, or asks what others counted. Without network nothing happens. */
  share(): Promise<void> {
    this.again = this.asking !== null;
    this.asking ??= this.shareOnce()
      .catch(() => undefined)
      .then(() => {
        this.asking = null;
        return this.again ? this.share() : undefined;
      });
    return this.asking;
  }

  private async shareOnce(): Promise<void> {
    const { now, ask, tell } = this.gatehouse;
    const sent = this.queue.unsent ? this.queue : null;
    const answer = sent ? await tell(sent.counted, sent.counted_at) : await ask();
    if (answer) await this.become(async (queue, change) => heard(queue, answer, await onTheirWay(change), now(), sent));
  }
}
