// SPDX-License-Identifier: EUPL-1.2
// From what is typed, read or counted to a line of the car, or to the sentence that says what to do.
import { doubtAbout, parseKilograms, type Grams } from '../../base/mass';
import { showExactKilograms, type Language } from '../../base/format';
import type { Category, CounterSet, Scale, Tare } from '../base/counter_set';
import type { Line } from '../outbox/actions';
import type { Code } from '../speech/texts';
import type { Draft } from './draft';
import type { Reading } from './scale';

/** No lorry with its load weighs more on a public road. */
export const mostTyped = 60_000_000;

export interface Doubt {
  code: Code;
  grams?: number;
  most?: number;
}

export type Weighed = { line: Line } | { doubt: Doubt };

/** What a reading by eye can be at most: the largest scale of the gate. An estimate has only the lorry. */
export function mostFor(set: CounterSet, basis: 'measured' | 'estimated'): number {
  if (basis === 'estimated' || set.scales.length === 0) return mostTyped;
  return Math.max(...set.scales.map((scale) => scale.most_g));
}

/** Why a typed mass cannot be booked, or its grams. */
export function readTyped(typed: string, most: number): Grams | Doubt {
  const text = typed.trim();
  if (text === '') return { code: 'app.gate.no_weight' };
  if (/^[-\u2212]/.test(text)) return { code: 'app.gate.below_nothing' };
  if (/^\d{7,}([.,]\d*)?$/.test(text)) return { code: 'app.gate.too_long' };
  const code = doubtAbout(text);
  const grams = parseKilograms(text);
  if (code !== null || grams === null) return { code: code ?? 'weight.not_a_mass' };
  if (grams > most) return { code: most === mostTyped ? 'app.gate.too_heavy' : 'app.gate.over_the_scale', grams, most };
  return grams;
}

export function tareOf(draft: Draft, set: CounterSet): Tare | null {
  return set.tares.find((tare) => tare.number === draft.tare) ?? null;
}

/** What must be chosen before anything can be weighed. */
function missing(draft: Draft): Doubt | null {
  if (draft.lane === null) return { code: 'app.gate.choose_lane' };
  if (draft.stream === null) return { code: 'app.gate.choose_stream' };
  return null;
}

type Measure = Pick<Line, 'grams' | 'basis'> & Partial<Line>;

function lineOf(draft: Draft, measure: Measure): Weighed {
  const doubt = missing(draft);
  if (doubt || draft.lane === null || draft.stream === null) return { doubt: doubt ?? { code: 'app.gate.choose_lane' } };
  const { lane, stream, category } = draft;
  const pieces = category !== null && draft.pieces > 1 ? draft.pieces : null;
  const nothing = { pieces, gross_g: null, tare: null, tare_g: null, scale: null, raw: null };
  return { line: { ...nothing, lane, stream, category, ...measure } };
}

/** Takes the chosen container off. */
function netOf(gross: number, tare: Tare | null): Pick<Line, 'grams' | 'gross_g' | 'tare' | 'tare_g'> {
  if (!tare) return { grams: gross, gross_g: null, tare: null, tare_g: null };
  return { grams: gross - tare.grams, gross_g: gross, tare: tare.number, tare_g: tare.grams };
}

export function weighTyped(draft: Draft, set: CounterSet): Weighed {
  const read = readTyped(draft.typed, mostFor(set, draft.basis));
  if (typeof read !== 'number') return { doubt: missing(draft) ?? read };
  const net = netOf(read, tareOf(draft, set));
  if (net.grams <= 0) return { doubt: { code: 'app.gate.tare_heavier' } };
  return lineOf(draft, { ...net, basis: draft.basis });
}

/** A reading counts as measured only while the scale stands still. */
export function weighRead(draft: Draft, set: CounterSet, scale: Scale, reading: Reading): Weighed {
  const doubt = missing(draft);
  if (doubt) return { doubt };
  if (reading.grams === null) return { doubt: { code: 'app.gate.scale_silent' } };
  const net = netOf(reading.grams, tareOf(draft, set));
  if (net.grams <= 0) return { doubt: { code: draft.tare === null ? 'app.gate.scale_empty' : 'app.gate.tare_heavier' } };
  const basis = reading.state === 'still' ? 'measured' : 'estimated';
  return lineOf(draft, { ...net, basis, scale: scale.number, raw: reading.raw });
}

export function weighStandard(draft: Draft, category: Category): Weighed {
  if (category.grams === null) return { doubt: { code: 'app.gate.no_weight' } };
  return lineOf(draft, { grams: category.grams * draft.pieces, pieces: draft.pieces, basis: 'standard' });
}

/** The figures in the sentence of a doubt. */
export function figuresOf(doubt: Doubt, language: Language): Record<string, string> {
  const mass = (grams = 0): string => showExactKilograms(language, grams as Grams);
  return { mass: mass(doubt.grams), most: mass(doubt.most) };
}
