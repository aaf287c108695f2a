// SPDX-License-Identifier: EUPL-1.2
import { describe, expect, it } from 'vitest';
import type { Category } from '../base/counter_set';
import { sampleSet } from '../base/sample_set';
import {
  addLine, afterRefusal, back, chooseCategory, chooseElsewhere, chooseLane, chooseReason, chooseStream, emptyDraft, gramsByStream,
  isUntouched, nextQuestion, postcodeIsFine, refusalBody, removeLine, startRefusal, tapped, totalGrams, visitBody, type Draft,
} from './draft';
import { findCategories } from './search';
import { figuresOf, mostTyped, readTyped, weighRead, weighStandard, weighTyped, type Weighed } from './weighing';

const ready: Draft = { ...chooseStream(chooseLane(emptyDraft(), 'reuse'), 'household'), typed: '18,4' };
const added = (draft: Draft, weighed: Weighed): Draft => {
  if ('doubt' in weighed) throw new Error(weighed.doubt.code);
  return addLine(draft, weighed.line);
};
const category = (number: number): Category => sampleSet.categories.find((one) => one.number === number) as Category;

describe('a car', () => {
  it('counts pieces of a thing without a standard weight too', () => {
    const draft = { ...chooseCategory(chooseLane(emptyDraft(), 'waste'), category(1001)), typed: '9', pieces: 3 };
    expect(added(draft, weighTyped(draft, sampleSet)).lines[0]).toMatchObject({ category: 1001, grams: 9000, pieces: 3, basis: 'measured' });
  });

  it('asks again where a point may stand for thousands, and a comma never does', () => {
    expect(readTyped('18.500', mostTyped)).toEqual({ code: 'weight.ambiguous' });
    expect(readTyped('18,500', mostTyped)).toBe(18_500);
    expect(readTyped('18500', mostTyped)).toBe(18_500_000);
  });

  it('is four taps: lane, stream, weight, done', () => {
    let draft = tapped(emptyDraft(), 1000);
    draft = tapped(chooseLane(draft, 'reuse'), 2000);
    draft = tapped(chooseStream(draft, 'furniture'), 3000);
    const scale = sampleSet.scales[0];
    if (!scale) throw new Error('no scale');
    draft = tapped(added(draft, weighRead(draft, sampleSet, scale, { state: 'still', grams: 18_400, raw: 'S S 18.40 kg' })), 4000);
    expect(visitBody(draft, 9200, 'qr')).toMatchObject({ receipt: 'qr', taps: 4, took_ms: 8200, postcode: null, pass: null });
    expect(draft.lines[0]).toMatchObject({ lane: 'reuse', stream: 'furniture', grams: 18_400, basis: 'measured', scale: 2, raw: 'S S 18.40 kg' });
  });

  it('gets the receipt of this device, or the one that was asked for', () => {
    expect(visitBody(ready, 0, 'paper').receipt).toBe('paper');
    expect(visitBody({ ...ready, receipt: 'none' }, 0, 'paper').receipt).toBe('none');
  });

  it('asks what comes next', () => {
    expect(nextQuestion(emptyDraft())).toBe(1);
    expect(nextQuestion(chooseLane(emptyDraft(), 'waste'))).toBe(2);
    expect(nextQuestion(ready)).toBe(3);
    expect(ready.step).toBe(3);
  });

  it('adds up per stream and in total, and forgets a line', () => {
    let draft = added(ready, weighTyped(ready, sampleSet));
    draft = { ...chooseStream(draft, 'household'), typed: '1' };
    draft = added(draft, weighTyped(draft, sampleSet));
    expect(gramsByStream(draft.lines)).toEqual(new Map([['household', 19_400]]));
    expect(totalGrams(removeLine(draft, 0).lines)).toBe(1000);
    expect(draft.lane).toBe('reuse');
  });

  it('takes a chosen stream back, and a lane can still change', () => {
    expect(chooseStream(ready, 'household').stream).toBeNull();
    expect(chooseLane(ready, 'waste')).toMatchObject({ lane: 'waste', stream: 'household', typed: '18,4', step: 3 });
  });

  it('goes back one thing at a time', () => {
    const steps = [ready, back(ready), back(back(ready)), back(back(back(ready)))];
    expect(steps.map(({ typed, stream, lane }) => [typed, stream, lane])).toEqual([
      ['18,4', 'household', 'reuse'], ['', 'household', 'reuse'], ['', null, 'reuse'], ['', null, null],
    ]);
  });

  it('knows when nothing would be lost', () => {
    expect(isUntouched(emptyDraft())).toBe(true);
    expect(isUntouched(tapped(emptyDraft(), 0))).toBe(false);
    expect(isUntouched({ ...emptyDraft(), postcode: '72' })).toBe(false);
  });

  it('takes a whole postcode or none', () => {
    expect(['', '7201', ' 7201 '].map(postcodeIsFine)).toEqual([true, true, true]);
    expect(['72', '0201', '72011', '7201AB'].map(postcodeIsFine)).toEqual([false, false, false, false]);
  });
});

describe('a typed weight', () => {
  it.each([
    ['', 'app.gate.no_weight'], ['-5', 'app.gate.below_nothing'], ['1e9', 'weight.not_a_mass'], ['1000000000', 'app.gate.too_long'],
    ['veel', 'weight.not_a_mass'], ['1,2,3', 'weight.unsure'], ['0', 'weight.nothing'], ['60001', 'app.gate.too_heavy'],
  ])('"%s" says %s', (typed, code) => expect(readTyped(typed, mostTyped)).toMatchObject({ code }));

  it('does not fit on the scale, but may be estimated', () => {
    const heavy: Draft = { ...ready, typed: '1840' };
    const weighed = weighTyped(heavy, sampleSet);
    expect(weighed).toEqual({ doubt: { code: 'app.gate.over_the_scale', grams: 1_840_000, most: 150_000 } });
    expect(figuresOf({ code: 'app.gate.over_the_scale', grams: 1_840_000, most: 150_000 }, 'nl').mass).toBe('1.840,0\u00a0kg');
    expect(weighTyped({ ...heavy, basis: 'estimated' }, sampleSet)).toMatchObject({ line: { basis: 'estimated', grams: 1_840_000 } });
  });

  it('takes the container off', () => {
    expect(weighTyped({ ...ready, typed: '30,4', tare: 1 }, sampleSet)).toMatchObject({
      line: { grams: 18_400, gross_g: 30_400, tare: 1, tare_g: 12_000 },
    });
    expect(weighTyped({ ...ready, typed: '12', tare: 1 }, sampleSet)).toEqual({ doubt: { code: 'app.gate.tare_heavier' } });
  });

  it('asks first for what is not chosen', () => {
    expect(weighTyped({ ...emptyDraft(), typed: '3' }, sampleSet)).toEqual({ doubt: { code: 'app.gate.choose_lane' } });
    expect(weighTyped({ ...ready, stream: null }, sampleSet)).toEqual({ doubt: { code: 'app.gate.choose_stream' } });
  });
});

it('counts a moving scale as an estimate, and an empty one as nothing', () => {
  const scale = sampleSet.scales[0];
  if (!scale) throw new Error('no scale');
  expect(weighRead(ready, sampleSet, scale, { state: 'moving', grams: 900, raw: 'S D' })).toMatchObject({ line: { basis: 'estimated' } });
  expect(weighRead(ready, sampleSet, scale, { state: 'still', grams: 0, raw: 'S S' })).toEqual({ doubt: { code: 'app.gate.scale_empty' } });
  expect(weighRead(ready, sampleSet, scale, { state: 'silent', grams: null, raw: null })).toEqual({ doubt: { code: 'app.gate.scale_silent' } });
});

it('counts pieces at their standard weight', () => {
  const draft = { ...chooseCategory(ready, category(101)), pieces: 2 };
  expect(weighStandard(draft, category(101))).toMatchObject({ line: { basis: 'standard', grams: 40_000, pieces: 2, category: 101, stream: 'furniture' } });
});

describe('a refusal', () => {
  it('is three taps and proposes the nearest place', () => {
    const draft = chooseReason(startRefusal(emptyDraft()), 'mattress', sampleSet);
    expect(refusalBody(draft)).toEqual({ reason: 'mattress', stop: null, stream: null, elsewhere: 4, postcode: null });
    expect(refusalBody(chooseElsewhere(draft, 4))?.elsewhere).toBeNull();
    expect(refusalBody(startRefusal(emptyDraft()))).toBeNull();
  });

  it('keeps what of the car was weighed', () => {
    const weighed = added(ready, weighTyped(ready, sampleSet));
    expect(afterRefusal(chooseReason(startRefusal(weighed), 'full', sampleSet)).lines.length).toBe(1);
    expect(afterRefusal(chooseReason(startRefusal(emptyDraft()), 'full', sampleSet))).toEqual(emptyDraft());
  });
});

it('finds a category in both languages, without its accents', () => {
  const numbers = (typed: string) => findCategories(sampleSet.categories, typed).map((one) => one.number);
  expect(numbers('matr')).toEqual([101]);
  expect(numbers('MATTR')).toEqual([101]);
  expect(numbers('fohn')).toEqual([301]);
  expect(numbers('')).toEqual([]);
  expect(numbers('zeppelin')).toEqual([]);
});
