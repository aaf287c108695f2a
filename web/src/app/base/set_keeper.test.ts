// SPDX-License-Identifier: EUPL-1.2
import { describe, expect, it } from 'vitest';
import { isDue, set_asked_every_ms, SetKeeper } from './set_keeper';

describe('the set of a counter', () => {
  const seen = { visible: true, online: true };

  it('is asked for once a minute, while somebody can look and there is network', () => {
    expect(isDue(1000, 1000 + set_asked_every_ms - 1, seen)).toBe(false);
    expect(isDue(1000, 1000 + set_asked_every_ms, seen)).toBe(true);
    expect(isDue(1000, 999_000, { ...seen, visible: false })).toBe(false);
    expect(isDue(1000, 999_000, { ...seen, online: false })).toBe(false);
  });

  it('is asked for again after the clock of the device was set back', () => {
    expect(isDue(9_000_000, 1_000_000, seen)).toBe(true);
  });

  it('waits for the car in hand, and only the newest counts then', () => {
    let busy = false;
    const used: string[] = [];
    const keeper = new SetKeeper<string>(() => busy, (kept) => used.push(kept));
    keeper.take('first');
    expect(used).toEqual(['first']);
    busy = true;
    keeper.take('second');
    keeper.take('third');
    keeper.settle();
    expect(used).toEqual(['first']);
    busy = false;
    keeper.settle();
    keeper.settle();
    expect(used).toEqual(['first', 'third']);
  });
});
