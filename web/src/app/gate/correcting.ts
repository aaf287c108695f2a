// SPDX-License-Identifier: EUPL-1.2
// A car of today that was booked wrongly: the gate is filled with it again, and what is done then takes its place.
// Until that moment the wrong one stays as it is, so that nothing is lost when nobody finishes.
import type { DayVisit } from '../base/server';
import { takenBackBy } from '../outbox/outbox';
import type { Action, CorrectionBody, Done, Line, UndoReason, VisitBody } from '../outbox/actions';
import { emptyDraft, type Draft } from './draft';

/** A car that can be corrected, of this device or of another. */
export interface StandingCar {
  id: string;
  at: string;
  lines: Line[];
  postcode: string;
  vehicle: string | null;
  reason: string | null;
}

const noMarks = { category: null, pieces: null, gross_g: null, tare: null, tare_g: null, scale: null, raw: null };

export function carOfDay(visit: DayVisit): StandingCar {
  return {
    id: visit.id,
    at: visit.at,
    lines: visit.lines.map((line) => ({ ...noMarks, ...line })),
    postcode: visit.postcode ?? '',
    vehicle: visit.vehicle ?? null,
    reason: visit.reason ?? null,
  };
}

/** What this device did itself, also when the server has not heard of it; null when it is no car that stands. */
export function carOfDone(done: Done): StandingCar | null {
  const { action } = done;
  if (action.kind !== 'gate-visit' && action.kind !== 'gate-correction') return null;
  if (done.undone_by !== null || done.state === 'refused') return null;
  const { lines, postcode, vehicle, reason } = action.body;
  return { id: action.id, at: action.clock_at, lines, postcode: postcode ?? '', vehicle, reason };
}

/** Taken back by something that still waits to be sent, so that the server does not say so yet. */
export function isTakenBack(waiting: Action[], id: string): boolean {
  return waiting.some((action) => takenBackBy(action) === id);
}

/** A car that was booked twice has no right one: it is only taken back. */
export function needsRightCar(mistake: UndoReason): boolean {
  return mistake !== 'booked-twice';
}

export function draftOf(car: StandingCar, mistake: UndoReason): Draft {
  const { lines, postcode, vehicle, reason } = car;
  return { ...emptyDraft(), step: 3, lines, postcode, vehicle, reason, corrects: { visit: car.id, at: car.at, mistake } };
}

export function correctionBody(right: VisitBody, { visit, mistake }: NonNullable<Draft['corrects']>): CorrectionBody {
  return { ...right, corrects: visit, mistake };
}
