// SPDX-License-Identifier: EUPL-1.2
import { expect, it } from 'vitest';
import type { Batch } from './actions';
import { cabinetInMemory } from './cabinet_in_memory';
import { deliverAll, startDelivery, waitAfter, type Answer, type Ending } from './delivery';
import { readMeta, readWaiting, writeDown, type Moment } from './outbox';

let ids = 0;
const moment = (): Moment => ({ now: 1000, newId: () => `id-${(ids += 1)}` });

async function cabinetWith(count: number) {
  const cabinet = cabinetInMemory();
  const body = { reason: 'full', stop: null, stream: null, elsewhere: null, postcode: null };
  for (let index = 0; index < count; index += 1) await writeDown(cabinet, moment(), 3, { kind: 'gate-refusal', body });
  return cabinet;
}
const booked = (batch: Batch): Answer => ({
  status: 200,
  server_time: '1970-01-01T00:00:03.000Z',
  outcomes: batch.actions.map(({ id }) => ({ id, outcome: 'booked' })),
});

it('sends everything once, in ascending order', async () => {
  const cabinet = await cabinetWith(250);
  const sent: number[] = [];
  const send = async (batch: Batch): Promise<Answer> => {
    sent.push(...batch.actions.map((action) => action.sequence));
    return booked(batch);
  };
  expect(await deliverAll(cabinet, { send, moment, changed: () => undefined })).toBe('empty');
  expect(sent).toEqual(Array.from({ length: 250 }, (_, index) => index + 1));
  expect((await readMeta(cabinet, moment())).offset_ms).toBe(2000);
});

it.each<[string, () => Promise<Answer>, Ending]>([
  ['no network', () => Promise.reject(new Error('offline')), 'later'],
  ['a server in trouble', async () => ({ status: 503 }), 'later'],
  ['too many', async () => ({ status: 429 }), 'later'],
  ['an unknown device', async () => ({ status: 401 }), 'unknown'],
  ['a blocked device', async () => ({ status: 403 }), 'blocked'],
  ['an answer that settles nothing', async () => ({ status: 200, outcomes: [] }), 'later'],
])('%s leaves everything in the outbox', async (_, send, ending) => {
  const cabinet = await cabinetWith(3);
  expect(await deliverAll(cabinet, { send, moment, changed: () => undefined })).toBe(ending);
  expect((await readWaiting(cabinet)).length).toBe(3);
});

it('waits longer each time, at most a minute', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 8, 99].map(waitAfter)).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60].map((seconds) => seconds * 1000));
});

it('tries again after a failure, at once when it is woken, and forgets failures after success', async () => {
  const endings: Ending[] = ['later', 'later', 'empty', 'later'];
  const waits: number[] = [];
  let soon = (): void => undefined;
  let heard = (_: Ending): void => undefined;
  const next = () => new Promise<Ending>((resolve) => (heard = resolve));
  const wake = startDelivery({
    deliver: async () => endings.shift() ?? 'empty',
    ended: (ending) => heard(ending),
    alone: (work) => work(),
    later: (work, after) => {
      waits.push(after);
      soon = work;
      return () => undefined;
    },
  });
  for (const start of [wake, () => soon(), wake, wake]) {
    const ending = next();
    start();
    await ending;
  }
  expect(waits).toEqual([1000, 2000, 1000]);
});

it('looks once more when an action came while it was busy', async () => {
  let runs = 0;
  let heard = (): void => undefined;
  const over = new Promise<void>((resolve) => (heard = resolve));
  const wake = startDelivery({
    deliver: async () => {
      runs += 1;
      if (runs === 1) wake();
      return 'empty';
    },
    ended: () => heard(),
    alone: (work) => work(),
    later: () => () => undefined,
  });
  wake();
  await over;
  expect(runs).toBe(2);
});
