// SPDX-License-Identifier: EUPL-1.2
// When the counter asks for its set, and when what it got takes the place of the old one.

export const set_asked_every_ms = 60_000;

/** A tablet that nobody looks at, or that has no network, asks nothing. */
export function isDue(asked_at: number, now: number, { visible, online }: { visible: boolean; online: boolean }): boolean {
  // A clock that was set back would else keep the counter waiting.
  return visible && online && Math.abs(now - asked_at) >= set_asked_every_ms;
}

/** Holds a newer set back while a car is in hand: its tiles and its questions stay as they are. */
export class SetKeeper<Kept> {
  private held: Kept | null = null;

  constructor(private readonly isBusy: () => boolean, private readonly use: (kept: Kept) => void) {}

  take(kept: Kept): void {
    this.held = kept;
    this.settle();
  }

  /** Called every second: the car may be done. */
  settle(): void {
    if (this.held === null || this.isBusy()) return;
    const kept = this.held;
    this.held = null;
    this.use(kept);
  }
}
