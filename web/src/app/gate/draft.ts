// SPDX-License-Identifier: EUPL-1.2
// One car at the gate while it is being weighed. Plain values; each function gives the next one.
import type { Category, CounterSet } from '../base/counter_set';
import type { Lane, Line, ReceiptWay, RefusalBody, UndoReason, VisitBody } from '../outbox/actions';

export type Step = 1 | 2 | 3;

export interface RefusalDraft {
  reason: string | null;
  stop: string | null;
  elsewhere: number | null;
}

export interface Draft {
  /** The question that a phone shows; a tablet shows all three. */
  step: Step;
  lane: Lane | null;
  stream: string | null;
  category: number | null;
  /** As typed, wrong or right: what is wrong is said, not thrown away. */
  typed: string;
  basis: 'measured' | 'estimated';
  pieces: number;
  tare: number | null;
  lines: Line[];
  postcode: string;
  vehicle: string | null;
  reason: string | null;
  pass: string;
  /** The visitor showed another proof, or has none: the paper way. */
  without_pass: boolean;
  /** Of this car; null: as this device usually does. */
  receipt: ReceiptWay | null;
  refusal: RefusalDraft | null;
  /** The car whose place this one takes. */
  corrects: { visit: string; at: string; mistake: UndoReason } | null;
  taps: number;
  began_at: number | null;
}

export function emptyDraft(): Draft {
  return {
    step: 1, lane: null, stream: null, category: null, typed: '', basis: 'measured', pieces: 1, tare: null, lines: [],
    postcode: '', vehicle: null, reason: null, pass: '', without_pass: false, receipt: null, refusal: null, corrects: null, taps: 0, began_at: null,
  };
}

/** True while nothing would be lost: the moment for a new version of the app. */
export function isUntouched(draft: Draft): boolean {
  return draft.taps === 0 && draft.lines.length === 0 && draft.corrects === null && draft.typed === '' && draft.postcode === '' && draft.pass === '';
}

export function tapped(draft: Draft, now: number): Draft {
  return { ...draft, taps: draft.taps + 1, began_at: draft.began_at ?? now };
}

export function chooseLane(draft: Draft, lane: Lane): Draft {
  return { ...draft, lane, refusal: null, step: draft.stream === null ? 2 : 3 };
}

/** Choosing the chosen one again takes it back. */
export function chooseStream(draft: Draft, stream: string): Draft {
  if (draft.stream === stream && draft.category === null) return { ...draft, stream: null, step: 2 };
  return { ...draft, stream, category: null, pieces: 1, step: draft.lane === null ? 1 : 3 };
}

export function chooseCategory(draft: Draft, category: Category): Draft {
  return { ...draft, stream: category.stream, category: category.number, pieces: 1, step: draft.lane === null ? 1 : 3 };
}

export function addLine(draft: Draft, line: Line): Draft {
  const lines = [...draft.lines, line];
  return { ...draft, lines, stream: null, category: null, typed: '', pieces: 1, basis: 'measured', step: 3 };
}

export function removeLine(draft: Draft, index: number): Draft {
  return { ...draft, lines: draft.lines.filter((_, at) => at !== index) };
}

export function totalGrams(lines: Line[]): number {
  return lines.reduce((sum, line) => sum + line.grams, 0);
}

export function gramsByStream(lines: Line[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const line of lines) sums.set(line.stream, (sums.get(line.stream) ?? 0) + line.grams);
  return sums;
}

/** The question that is next, for the yellow number. */
export function nextQuestion(draft: Draft): Step {
  if (draft.refusal) return draft.refusal.reason === null ? 2 : 3;
  if (draft.lane === null) return 1;
  return draft.stream === null && draft.lines.length === 0 ? 2 : 3;
}

export function startRefusal(draft: Draft): Draft {
  return { ...draft, step: 2, refusal: draft.refusal ?? { reason: null, stop: null, elsewhere: null } };
}

/** The nearest place is proposed; tapping it takes it away. */
export function chooseReason(draft: Draft, reason: string, set: CounterSet, stop: string | null = null): Draft {
  const elsewhere = draft.refusal?.elsewhere ?? set.elsewhere[0]?.centre ?? null;
  return { ...draft, step: 3, refusal: { reason, stop, elsewhere } };
}

export function chooseElsewhere(draft: Draft, centre: number): Draft {
  if (!draft.refusal) return draft;
  const elsewhere = draft.refusal.elsewhere === centre ? null : centre;
  return { ...draft, refusal: { ...draft.refusal, elsewhere } };
}

/** One question back; with nothing to go back to it stays as it is. */
export function back(draft: Draft): Draft {
  if (draft.typed !== '' && !draft.refusal) return { ...draft, typed: '' };
  if (draft.refusal?.reason) return { ...draft, step: 2, refusal: { ...draft.refusal, reason: null, stop: null } };
  if (draft.refusal) return { ...draft, step: 1, refusal: null };
  if (draft.stream !== null) return { ...draft, stream: null, category: null, step: 2 };
  return draft.lines.length > 0 ? { ...draft, step: 1 } : { ...emptyDraft(), postcode: draft.postcode, corrects: draft.corrects };
}

const postcodePattern = /^[1-9]\d{3}$/;

export function postcodeIsFine(postcode: string): boolean {
  return postcode.trim() === '' || postcodePattern.test(postcode.trim());
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

export function visitBody(draft: Draft, now: number, usual: ReceiptWay): VisitBody {
  return {
    lines: draft.lines,
    postcode: orNull(draft.postcode),
    vehicle: draft.vehicle,
    reason: draft.reason,
    pass: orNull(draft.pass),
    receipt: draft.receipt ?? usual,
    took_ms: Math.max(0, Math.round(now - (draft.began_at ?? now))),
    taps: draft.taps,
  };
}

export function refusalBody(draft: Draft): RefusalBody | null {
  if (!draft.refusal?.reason) return null;
  const { reason, stop, elsewhere } = draft.refusal;
  const postcode = postcodeIsFine(draft.postcode) ? orNull(draft.postcode) : null;
  return { reason, stop, stream: draft.stream, elsewhere, postcode };
}

/** After a refusal: the car goes on when something of it was weighed, else the next car comes. */
export function afterRefusal(draft: Draft): Draft {
  if (draft.lines.length === 0) return { ...emptyDraft(), corrects: draft.corrects };
  return { ...draft, refusal: null, stream: null, category: null, step: 3 };
}
