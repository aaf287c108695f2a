// SPDX-License-Identifier: EUPL-1.2
import { expect, it } from 'vitest';
import type { Action, Done } from '../outbox/actions';
import { cabinetInMemory } from '../outbox/cabinet_in_memory';
import { readDone, writeDown } from '../outbox/outbox';
import { carOfDay, carOfDone, correctionBody, draftOf, isTakenBack, needsRightCar } from './correcting';
import { afterRefusal, back, isUntouched, startRefusal, visitBody } from './draft';

const visit = {
  id: 'car-1', at: '2027-03-12T10:36:00.000Z', undone: false, device: 2, postcode: '7201',
  lines: [
    { lane: 'reuse' as const, stream: 'furniture', grams: 42_500, basis: 'measured' as const, scale: 2, raw: 'S S 42.50 kg' },
    { lane: 'waste' as const, stream: 'construction', grams: 88_000, basis: 'estimated' as const },
  ],
};

it('fills the gate with the car as it stands, with all that the scale said', () => {
  const draft = draftOf(carOfDay(visit), 'wrong-weight');
  expect(draft.lines[0]).toMatchObject({ grams: 42_500, scale: 2, raw: 'S S 42.50 kg', category: null });
  expect(draft.lines[1]).toMatchObject({ stream: 'construction', scale: null, raw: null });
  expect(draft).toMatchObject({ step: 3, postcode: '7201', vehicle: null, corrects: { visit: 'car-1', mistake: 'wrong-weight' } });
  expect(isUntouched(draft)).toBe(false);
});

it('sends the right car with the one whose place it takes, and the reason', () => {
  const draft = draftOf(carOfDay(visit), 'wrong-stream');
  if (!draft.corrects) throw new Error('it corrects nothing');
  const body = correctionBody(visitBody(draft, 0, 'none'), draft.corrects);
  expect(body).toMatchObject({ corrects: 'car-1', mistake: 'wrong-stream', postcode: '7201' });
  expect(body.lines).toEqual(draft.lines);
});

it('goes on correcting when the last line is removed or something is refused', () => {
  const draft = { ...draftOf(carOfDay(visit), 'wrong-stream'), lines: [] };
  expect(back(draft).corrects).toEqual(draft.corrects);
  expect(afterRefusal(startRefusal(draft)).corrects).toEqual(draft.corrects);
});

it('only takes back what was booked twice', () => {
  expect(needsRightCar('booked-twice')).toBe(false);
  expect(needsRightCar('wrong-weight')).toBe(true);
});

it('knows the cars of this device that stand, also those that nobody heard of yet', async () => {
  const cabinet = cabinetInMemory();
  let ids = 0;
  const moment = { now: 0, newId: () => `id-${(ids += 1)}` };
  const right = visitBody(draftOf(carOfDay(visit), 'wrong-weight'), 0, 'none');
  const first = await writeDown(cabinet, moment, 3, { kind: 'gate-visit', body: right });
  const second = await writeDown(cabinet, moment, 3, { kind: 'gate-correction', body: { ...right, corrects: first.id, mistake: 'wrong-weight' } });
  const done = await readDone(cabinet);
  const standing = (action: Action) => carOfDone(done.find((one) => one.action.id === action.id) as Done);
  expect(standing(first)).toBeNull();
  expect(standing(second)).toMatchObject({ id: second.id, postcode: '7201' });
  expect(isTakenBack([second], first.id)).toBe(true);
  expect(isTakenBack([second], second.id)).toBe(false);
});
