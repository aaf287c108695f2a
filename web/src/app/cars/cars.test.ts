// SPDX-License-Identifier: EUPL-1.2
import { expect, it } from 'vitest';
import { cabinetInMemory } from '../outbox/cabinet_in_memory';
import type { QueueAnswer } from './car_queue';
import { Cars } from './cars';

/** A server that keeps the last count, and can be out of reach. */
function counted() {
  const server = { reachable: true, waiting: 0, counted_at: null as string | null, told: 0, asked: 0 };
  const answer = (): QueueAnswer => {
    if (!server.reachable) throw new Error('no network');
    return { waiting: server.waiting, counted_at: server.counted_at, busiest_hour: 12 };
  };
  const clock = { now: Date.parse('2027-03-12T12:00:00Z') };
  const cars = new Cars(cabinetInMemory(), {
    now: () => (clock.now += 1),
    ask: async () => {
      server.asked += 1;
      return answer();
    },
    tell: async (waiting, counted_at) => {
      const given = answer();
      server.told += 1;
      [server.waiting, server.counted_at] = [waiting, new Date(counted_at).toISOString()];
      return { ...given, waiting, counted_at: server.counted_at };
    },
    became: () => undefined,
    changed: () => undefined,
  });
  return { server, cars };
}

it('tells the server what was counted here, and asks when there is nothing to tell', async () => {
  const { server, cars } = counted();
  await cars.count(3);
  await cars.share();
  expect([server.waiting, server.told]).toEqual([3, 1]);
  expect(cars.queue).toMatchObject({ waiting: 3, unsent: false });
  server.waiting = 7;
  await cars.share();
  expect(cars.queue.waiting).toBe(7);
});

it('goes on without network and tells it later, with the cars of the meantime not taken off twice', async () => {
  const { server, cars } = counted();
  server.reachable = false;
  await cars.count(5);
  await cars.booked();
  await cars.share();
  expect(cars.queue).toMatchObject({ waiting: 4, unsent: true });
  server.reachable = true;
  await cars.share();
  expect(server.waiting, 'the server gets the count, and the car by its own way').toBe(5);
  expect(cars.queue.unsent).toBe(false);
});

it('sends the last of many quick taps', async () => {
  const { server, cars } = counted();
  await Promise.all([cars.count(1), cars.count(2), cars.count(3)]);
  await cars.share();
  expect(server.waiting).toBe(3);
  expect(cars.queue).toMatchObject({ waiting: 3, unsent: false });
});

it('comes back with what was kept', async () => {
  const cabinet = cabinetInMemory();
  const gatehouse = { now: () => 5, ask: async () => null, tell: async () => null, became: () => undefined, changed: () => undefined };
  await new Cars(cabinet, gatehouse).count(2);
  const later = new Cars(cabinet, gatehouse);
  await later.look();
  expect(later.queue).toMatchObject({ waiting: 2, unsent: true });
});
