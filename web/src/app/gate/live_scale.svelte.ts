// SPDX-License-Identifier: EUPL-1.2
// Listens to one scale; whatever it does, the keypad stays.
import { hear, isRestless, readReading, readingAt, silentWatch } from './scale';

export class LiveScale {
  private watch = $state.raw(silentWatch);
  private now = $state(Date.now());
  private started_at = Date.now();
  private events: EventSource | null = null;

  readonly reading = $derived(readingAt(this.watch, this.now));
  /** It says that it is silent, or it said nothing for as long as a scale may take for its first word. */
  readonly lost = $derived(this.reading.state === 'silent' && (this.watch.heard_at > 0 || this.now - this.started_at > 3000));
  readonly restless = $derived(isRestless(this.watch, this.now));

  constructor(private readonly address: string) {}

  /** Gives the function that stops it. */
  start(): () => void {
    this.started_at = Date.now();
    this.connect();
    const timer = setInterval(() => (this.now = Date.now()), 250);
    return () => {
      clearInterval(timer);
      this.events?.close();
    };
  }

  connect(): void {
    this.events?.close();
    this.events = new EventSource(this.address);
    this.events.addEventListener('reading', (event) => {
      const reading = readReading(event.data);
      if (!reading) return;
      this.now = Date.now();
      this.watch = hear(this.watch, reading, this.now);
    });
  }
}
