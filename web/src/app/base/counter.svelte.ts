// SPDX-License-Identifier: EUPL-1.2
// The counter as the screens see it: its set, who stands at it, and what waits to be sent.
import { noQueue, type CarQueue } from '../cars/car_queue';
import { Cars } from '../cars/cars';
import type { Action, Deed, Done } from '../outbox/actions';
import type { Cabinet } from '../outbox/cabinet';
import { deliverAll, halfway, startDelivery, type Ending } from '../outbox/delivery';
import { newId } from '../outbox/identity';
import { dismiss, noteContact, readDone, readMeta, readWaiting, writeDown, type Meta, type Moment } from '../outbox/outbox';
import { afterWrong, isLocked, noTries, pinIsRight, type Tries } from '../who/pin';
import { speech } from '../speech/say.svelte';
import type { CounterSet, Person } from './counter_set';
import { fetchSet, sendBatch, shareQueue } from './server';
import { isDue, SetKeeper } from './set_keeper';

const lockedAfter_ms = 5 * 60_000;
const queue_asked_every_ms = 20_000;

/** `unreachable`: there is no set yet and no server; `unknown` and `blocked` are what the server said of this device. */
export type Standing = 'starting' | 'ready' | 'unreachable' | 'unknown' | 'blocked';

interface KeptSet {
  set: CounterSet;
  etag: string;
}

interface Session {
  person: number;
  touched_at: number;
}

const moment = (): Moment => ({ now: Date.now(), newId });

/** Without the lock of the browser (an old one) there is at least only this tab's own delivery. */
async function aloneOfAllTabs<Result>(work: () => Promise<Result>): Promise<Result> {
  return 'locks' in navigator ? await navigator.locks.request('kringwerk-delivery', work) : work();
}

export class Counter {
  set = $state.raw<CounterSet | null>(null);
  meta = $state.raw<Meta | null>(null);
  waiting = $state.raw<Action[]>([]);
  done = $state.raw<Done[]>([]);
  person = $state.raw<Person | null>(null);
  locked = $state(true);
  queue = $state.raw<CarQueue>(noQueue);
  standing = $state<Standing>('starting');
  now = $state(Date.now());

  readonly cars: Cars;
  /** True while a car is in hand at the gate or on the bridge. */
  in_hand: () => boolean = () => false;

  private etag = '';
  private asked_at = 0;
  private asking: Promise<void> | null = null;
  private delivered = false;
  private readonly keeper = new SetKeeper<KeptSet>(() => !this.locked && this.in_hand(), (kept) => this.use(kept));
  private touched_at = 0;
  private readonly channel = new BroadcastChannel('kringwerk');
  private readonly wake: () => void;

  constructor(private readonly cabinet: Cabinet) {
    this.wake = startDelivery({
      deliver: () => this.deliver(),
      ended: (ending) => this.afterDelivery(ending),
      alone: aloneOfAllTabs,
      later: (work, after) => {
        const timer = setTimeout(work, after);
        return () => clearTimeout(timer);
      },
    });
    this.cars = new Cars(cabinet, {
      now: () => Date.now() + (this.meta?.offset_ms ?? 0),
      ask: async () => (this.set ? shareQueue(this.set.centre.id, speech.language) : null),
      tell: async (waiting, counted_at) =>
        this.set ? shareQueue(this.set.centre.id, speech.language, { waiting, counted_at: new Date(counted_at).toISOString() }) : null,
      became: (queue) => (this.queue = queue),
      changed: () => this.channel.postMessage('changed'),
    });
    this.channel.onmessage = () => void this.look();
  }

  async start(): Promise<void> {
    const kept = (await this.cabinet.change((change) => change.get('set', 'set'))) as KeptSet | undefined;
    if (kept) {
      this.set = kept.set;
      this.etag = kept.etag;
      this.standing = 'ready';
    }
    await this.look();
    await this.resume();
    void this.refresh();
    setInterval(() => this.tick(), 1000);
    setInterval(() => void this.shareQueue(), queue_asked_every_ms);
    addEventListener('online', () => void this.refresh());
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && void this.refresh());
    for (const event of ['pointerdown', 'keydown']) addEventListener(event, () => this.touch(), { capture: true, passive: true });
    void navigator.storage?.persist?.();
  }

  /** Reads again what another tab or the delivery may have changed. */
  async look(): Promise<void> {
    [this.meta, this.waiting, this.done] = await Promise.all([
      readMeta(this.cabinet, moment()), readWaiting(this.cabinet), readDone(this.cabinet),
    ]);
    await this.cars.look();
  }

  async refresh(): Promise<void> {
    await this.askSet();
    void this.shareQueue();
    this.wake();
  }

  /** One question at a time: an older answer never comes after a newer one. */
  private askSet(): Promise<void> {
    this.asking ??= this.askSetOnce().finally(() => (this.asking = null));
    return this.asking;
  }

  private async askSetOnce(): Promise<void> {
    const asked_at = (this.asked_at = Date.now());
    try {
      const answer = await fetchSet(this.etag, speech.language);
      if (answer.status === 401) this.standing = 'unknown';
      else if (answer.status === 403) this.standing = 'blocked';
      else if (answer.status === 200 || answer.status === 304) {
        await this.takeSet(answer.set, answer.etag);
        const heard = halfway(asked_at, moment());
        await noteContact(this.cabinet, heard, answer.set ? answer.server_time : this.finest(heard.now, answer.server_time));
        this.standing = 'ready';
        await this.look();
      }
      else if (!this.set) this.standing = 'unreachable';
    } catch {
      if (!this.set) this.standing = 'unreachable';
    }
  }

  /** A header tells whole seconds: it never takes the place of a difference that was measured finer. */
  private finest(now: number, header: string): string {
    const known = now + (this.meta?.offset_ms ?? 0);
    return Math.abs(Date.parse(header) - known) < 2000 ? new Date(known).toISOString() : header;
  }

  /** A tablet that nobody looks at asks nothing. */
  private async shareQueue(): Promise<void> {
    if (this.standing === 'ready' && !document.hidden) await this.cars.share();
  }

  private async takeSet(set: CounterSet | null, etag: string): Promise<void> {
    if (!set) return;
    await this.cabinet.change((change) => change.put('set', 'set', { set, etag } satisfies KeptSet));
    this.etag = etag;
    this.keeper.take({ set, etag });
  }

  private use({ set }: KeptSet): void {
    this.set = set;
    if (this.person) this.person = set.people.find((one) => one.id === this.person?.id) ?? null;
    if (!this.person) this.locked = true;
  }

  /** Writes down what was done; when this returns it is kept. */
  async book(deed: Deed): Promise<Action> {
    const action = await writeDown(this.cabinet, moment(), this.person?.id ?? 0, deed);
    if (deed.kind === 'gate-visit' || deed.kind === 'ticket-complete') await this.cars.booked();
    this.changed();
    await this.look();
    this.wake();
    return action;
  }

  async putAway(sequence: number): Promise<void> {
    await dismiss(this.cabinet, sequence);
    this.changed();
    await this.look();
  }

  retry(): void {
    void this.refresh();
  }

  private deliver(): Promise<Ending> {
    const centre = this.set?.centre.id;
    if (centre === undefined) return Promise.resolve('empty');
    return deliverAll(this.cabinet, {
      send: (batch) => sendBatch(centre, batch, speech.language),
      moment,
      changed: () => {
        this.delivered = true;
        this.changed();
      },
    });
  }

  private afterDelivery(ending: Ending): void {
    if (ending === 'unknown' || ending === 'blocked') this.standing = ending;
    void this.look();
    if (ending !== 'empty') return;
    void this.shareQueue();
    if (this.delivered) void this.askSet();
    this.delivered = false;
  }

  private changed(): void {
    this.channel.postMessage('changed');
    void this.look();
  }

  triesOf(person: Person): Promise<Tries> {
    return this.cabinet.change(async (change) => ((await change.get('session', `tries:${person.id}`)) as Tries | undefined) ?? noTries);
  }

  /** True when the PIN is right; that person then stands at the counter. */
  async enter(person: Person, digits: string): Promise<boolean> {
    const tries = await this.triesOf(person);
    if (!person.pin || isLocked(tries, Date.now())) return false;
    const right = await pinIsRight(person.pin, digits);
    const next = right ? noTries : afterWrong(tries, Date.now());
    await this.cabinet.change((change) => change.put('session', `tries:${person.id}`, next));
    if (!right) return false;
    this.person = person;
    this.locked = false;
    this.touched_at = 0;
    this.touch();
    return true;
  }

  leave(): void {
    this.locked = true;
    this.person = null;
    void this.cabinet.change((change) => change.remove('session', 'session'));
  }

  private async resume(): Promise<void> {
    const session = (await this.cabinet.change((change) => change.get('session', 'session'))) as Session | undefined;
    this.person = this.set?.people.find((one) => one.id === session?.person) ?? null;
    this.touched_at = session?.touched_at ?? 0;
    const age = Date.now() - this.touched_at;
    this.locked = !this.person || age < 0 || age > lockedAfter_ms;
  }

  private touch(): void {
    const now = Date.now();
    const written = now - this.touched_at > 5000;
    if (this.locked || !this.person || !written) return;
    this.touched_at = now;
    const session: Session = { person: this.person.id, touched_at: now };
    void this.cabinet.change((change) => change.put('session', 'session', session));
  }

  private tick(): void {
    this.now = Date.now();
    if (!this.locked && this.now - this.touched_at > lockedAfter_ms) this.locked = true;
    this.keeper.settle();
    if (isDue(this.asked_at, this.now, { visible: !document.hidden, online: navigator.onLine })) void this.refresh();
  }
}
