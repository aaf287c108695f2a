// SPDX-License-Identifier: EUPL-1.2
import { expect, it } from 'vitest';
import type { Deed, Outcome } from './actions';
import type { Cabinet } from './cabinet';
import { cabinetInMemory } from './cabinet_in_memory';
import { uuidAt } from './identity';
import { dismiss, mostInBatch, nextBatch, noteContact, readDone, readMeta, readWaiting, settle, writeDown, type Moment } from './outbox';
import { remarkOn, toBeSeen } from './remarks';

let ids = 0;
const at = (now: number): Moment => ({ now, newId: () => `id-${(ids += 1)}` });
const refusal: Deed = { kind: 'gate-refusal', body: { reason: 'full', stop: null, stream: null, elsewhere: null, postcode: null } };
const note = (cabinet: Cabinet, now = 0) => writeDown(cabinet, at(now), 3, refusal);
const all = (batch: { actions: { id: string }[] }, outcome: Outcome['outcome']): Outcome[] =>
  batch.actions.map(({ id }) => ({ id, outcome }));

it('numbers from one without a gap, also when two tabs write at the same time', async () => {
  const cabinet = cabinetInMemory();
  await Promise.all(Array.from({ length: 30 }, () => note(cabinet)));
  expect((await readWaiting(cabinet)).map((action) => action.sequence)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
});

it('uses no number when writing fails halfway', async () => {
  const cabinet = cabinetInMemory();
  await note(cabinet);
  const broken: Cabinet = {
    change: (work) =>
      cabinet.change((change) => work({ ...change, put: async (drawer, key, value) => {
        if (drawer === 'outbox') throw new Error('the disk is full');
        await change.put(drawer, key, value);
      } })),
  };
  await expect(note(broken)).rejects.toThrow('full');
  await note(cabinet);
  expect((await readWaiting(cabinet)).map((action) => action.sequence)).toEqual([1, 2]);
});

it('keeps its name, and tells by how much the clock differs', async () => {
  const cabinet = cabinetInMemory();
  const { store } = await readMeta(cabinet, at(0));
  await noteContact(cabinet, at(Date.parse('2027-03-12T10:00:00.000Z')), '2027-03-12T09:59:59.880Z');
  const action = await note(cabinet, 5);
  expect(action.offset_ms).toBe(-120);
  expect(action.clock_at).toBe('1970-01-01T00:00:00.005Z');
  expect((await readMeta(cabinet, at(0))).store).toBe(store);
});

it('gives at most a hundred, oldest first, and says what still waits', async () => {
  const cabinet = cabinetInMemory();
  for (let count = 0; count < 130; count += 1) await note(cabinet, count);
  const batch = await nextBatch(cabinet, at(500));
  expect(batch?.actions.length).toBe(mostInBatch);
  expect(batch?.actions[0]?.sequence).toBe(1);
  expect(batch?.waiting).toBe(30);
  expect(batch?.oldest_at).toBe('1970-01-01T00:00:00.100Z');
});

it('takes out only what the server settled', async () => {
  const cabinet = cabinetInMemory();
  for (let count = 0; count < 3; count += 1) await note(cabinet);
  const batch = await nextBatch(cabinet, at(0));
  if (!batch) throw new Error('nothing waits');
  await note(cabinet);
  expect(await settle(cabinet, batch, all(batch, 'booked').slice(0, 2))).toBe(2);
  expect((await readWaiting(cabinet)).map((action) => action.sequence)).toEqual([3, 4]);
});

it('keeps what was refused in sight until somebody puts it away', async () => {
  const cabinet = cabinetInMemory();
  await note(cabinet);
  const batch = await nextBatch(cabinet, at(0));
  if (!batch) throw new Error('nothing waits');
  await settle(cabinet, batch, [{ id: batch.actions[0]?.id ?? '', outcome: 'refused', detail: 'Deze soort nemen we niet aan.' }]);
  for (let count = 0; count < 40; count += 1) await note(cabinet);
  const next = await nextBatch(cabinet, at(0));
  if (!next) throw new Error('nothing waits');
  await settle(cabinet, next, all(next, 'booked'));
  const done = await readDone(cabinet);
  expect(done.length).toBe(21);
  expect(done.at(-1)).toMatchObject({ state: 'refused', detail: 'Deze soort nemen we niet aan.' });
  await dismiss(cabinet, 1);
  expect((await readDone(cabinet)).length).toBe(20);
});

it('keeps what the server remarked, until somebody has seen it or the car is taken back', async () => {
  const cabinet = cabinetInMemory();
  const [first, second] = [await note(cabinet), await note(cabinet)];
  const batch = await nextBatch(cabinet, at(0));
  if (!batch) throw new Error('nothing waits');
  const within = { code: 'intake.pass_within', detail: 'Bezoek 1 van 12.', attention: false };
  const over = { code: 'intake.pass_over', detail: 'Bezoek 13. De regel is 12.', attention: true };
  await settle(cabinet, batch, [
    { id: first.id, outcome: 'booked', remark: within },
    { id: second.id, outcome: 'repeated', remark: over },
  ]);
  expect(remarkOn(await readDone(cabinet), first.id)).toEqual(within);
  expect(toBeSeen(await readDone(cabinet))?.remark).toEqual(over);
  await dismiss(cabinet, second.sequence);
  expect(toBeSeen(await readDone(cabinet))).toBeNull();
  expect(remarkOn(await readDone(cabinet), second.id)).toEqual(over);
  await writeDown(cabinet, at(1), 3, { kind: 'gate-undo', body: { visit: second.id, reason: 'other-mistake' } });
  expect(remarkOn(await readDone(cabinet), second.id)).toBeNull();
});

it('says nothing of a car that was taken back before the server heard of it', async () => {
  const cabinet = cabinetInMemory();
  const first = await note(cabinet);
  await writeDown(cabinet, at(1), 3, { kind: 'gate-undo', body: { visit: first.id, reason: 'other-mistake' } });
  const batch = await nextBatch(cabinet, at(0));
  if (!batch) throw new Error('nothing waits');
  const remark = { code: 'intake.pass_over', detail: 'Bezoek 13. De regel is 12.', attention: true };
  await settle(cabinet, batch, [{ id: first.id, outcome: 'booked', remark }]);
  expect(toBeSeen(await readDone(cabinet))).toBeNull();
});

it('marks what was undone', async () => {
  const cabinet = cabinetInMemory();
  const first = await note(cabinet);
  const undo = await writeDown(cabinet, at(1), 3, { kind: 'gate-undo', body: { visit: first.id, reason: 'other-mistake' } });
  expect((await readDone(cabinet)).find((done) => done.action.id === first.id)?.undone_by).toBe(undo.id);
});

it('makes ids that sort by time and say version 7', () => {
  const bytes = new Uint8Array(10).fill(255);
  expect(uuidAt(0x018f_0000_0000, bytes)).toBe('018f0000-0000-7fff-bfff-ffffffffffff');
  expect(uuidAt(1, bytes) < uuidAt(2, new Uint8Array(10))).toBe(true);
});
