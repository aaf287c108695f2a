// SPDX-License-Identifier: EUPL-1.2
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { countedNow, heard, minutesNow, noQueue, oneBooked, waitingNow, waitMinutes, type QueueAnswer } from './car_queue';

const noon = Date.parse('2027-03-12T12:00:00Z');
const answer = (waiting: number, at: number | null, busiest_hour = 30): QueueAnswer => ({
  waiting, counted_at: at === null ? null : new Date(at).toISOString(), busiest_hour,
});

interface Example {
  waiting: number;
  busiest_hour: number;
  minutes: number | null;
}
const golden = JSON.parse(readFileSync(new URL('../../../../tests/golden/wait.json', import.meta.url), 'utf8')) as Example[];

describe('the wait', () => {
  it.each(golden)('of $waiting cars at $busiest_hour an hour is that of the server', ({ waiting, busiest_hour, minutes }) =>
    expect(waitMinutes(waiting, busiest_hour)).toBe(minutes));

  it('is not said on a figure of long ago', () => {
    const queue = heard(noQueue, answer(3, noon), [], noon, null);
    expect(minutesNow(queue, noon)).toBe(6);
    expect(minutesNow(queue, noon + 30 * 60_000 + 1)).toBeNull();
  });
});

describe('a queue', () => {
  it('is counted here, and one less with each car, also without network', () => {
    const queue = countedNow(noQueue, 2, noon);
    expect(queue).toMatchObject({ waiting: 2, unsent: true, counted_at: noon });
    const after = oneBooked(oneBooked(oneBooked(queue)));
    expect(after.waiting).toBe(0);
    expect(after.counted, 'the server takes the cars off by itself').toBe(2);
  });

  it('stays between none and what fits before a gate', () => {
    expect(countedNow(noQueue, -1, noon).waiting).toBe(0);
    expect(countedNow(noQueue, 201, noon).waiting).toBe(200);
  });

  it('is over with the day', () => {
    const queue = countedNow(noQueue, 4, noon);
    expect(waitingNow(queue, noon + 3_600_000)).toBe(4);
    expect(waitingNow(queue, noon + 24 * 3_600_000)).toBe(0);
  });
});

describe('what the server says', () => {
  it('is taken over, less the cars that it has not heard of', () => {
    const queue = heard(noQueue, answer(5, noon), [noon - 1000, noon + 1000, noon + 2000], noon + 3000, null);
    expect(queue).toMatchObject({ waiting: 3, unsent: false, counted_at: noon });
    expect(heard(noQueue, answer(0, null), [noon], noon, null)).toMatchObject({ waiting: 0, counted_at: 0 });
  });

  it('settles the count that was sent, also when somebody else counted later', () => {
    const sent = countedNow(noQueue, 4, noon);
    expect(heard(sent, answer(4, noon - 5), [], noon, sent)).toMatchObject({ waiting: 4, unsent: false });
    expect(heard(sent, answer(9, noon + 60_000), [], noon, sent)).toMatchObject({ waiting: 9, counted_at: noon + 60_000 });
  });

  it('does not take back a tap of the meantime', () => {
    const sent = countedNow(noQueue, 4, noon);
    const tapped = countedNow(sent, 5, noon + 500);
    expect(heard(tapped, answer(4, noon), [], noon + 900, sent)).toMatchObject({ waiting: 5, unsent: true, busiest_hour: 30 });
    expect(heard(tapped, answer(1, noon), [], noon + 900, null)).toMatchObject({ waiting: 5, unsent: true });
  });
});
