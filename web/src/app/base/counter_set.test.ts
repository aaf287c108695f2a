// SPDX-License-Identifier: EUPL-1.2
import { expect, it } from 'vitest';
import { thingOf } from './counter_set';
import { sampleSet } from './sample_set';

it('knows a thing by its category where somebody chose one, else by its stream', () => {
  expect(thingOf(sampleSet, { stream: 'household', category: 301 })?.name_nl).toBe('Föhn');
  expect(thingOf(sampleSet, { stream: 'household', category: null })?.name_nl).toBe('Huisraad');
  expect(thingOf(sampleSet, { stream: 'household', category: 9999 })?.name_nl).toBe('Huisraad');
  expect(thingOf(sampleSet, { stream: 'household' })?.name_nl).toBe('Huisraad');
  expect(thingOf(sampleSet, { stream: 'gone' })).toBeUndefined();
});
