// SPDX-License-Identifier: EUPL-1.2
// A small counter set for tests.
import type { Category, CounterSet } from './counter_set';

const category = (number: number, stream: string, name_nl: string, name_en: string, more: Partial<Category> = {}): Category => ({
  number, code: name_en, stream, name_nl, name_en, icon: 'package', grams: null, hazards: [], stop: null, ...more,
});

export const sampleSet: CounterSet = {
  server_time: '2027-03-12T10:42:00.000Z',
  network: 'Kringwerk',
  demo: true,
  centre: { id: 1, slug: 'ambachtscentrum-zutphen', name: 'Ambachtscentrum Zutphen', place: 'Zutphen' },
  device: { number: 1, name: 'tablet poort 1' },
  settings: { pin_hours: 72, resident_check: 'off', quota_per_year: 0 },
  people: [],
  streams: [
    { code: 'furniture', name_nl: 'Meubels', name_en: 'Furniture', icon: 'armchair' },
    { code: 'household', name_nl: 'Huisraad', name_en: 'Household goods', icon: 'cooking-pot' },
    { code: 'mixed', name_nl: 'Gemengd', name_en: 'Mixed', icon: 'tote' },
  ],
  categories: [
    category(101, 'furniture', 'Matras', 'Mattress', { grams: 20_000 }),
    category(301, 'electrical', 'Föhn', 'Hair dryer', { grams: 600 }),
    category(1001, 'other', 'Gasfles', 'Gas bottle', { stop: 'gas' }),
  ],
  hazards: [],
  stops: [],
  tares: [{ number: 1, name: 'rolkooi', kind: 'cage', grams: 12_000 }],
  scales: [{ number: 2, name: 'Weegschaal 2', place: 'poort', most_g: 150_000, step_g: 100 }],
  refusal_reasons: [{ code: 'full', icon: 'stack' }, { code: 'mattress', icon: 'bed' }],
  vehicles: ['car'],
  visit_reasons: ['moving'],
  elsewhere: [{ centre: 4, name: 'Milieustraat Brummen', place: 'Brummen', address: '', distance_m: 8000, open: [] }],
};
