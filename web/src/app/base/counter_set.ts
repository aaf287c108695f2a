// SPDX-License-Identifier: EUPL-1.2
// What a counter needs to work without network, as the server gives it.
import type { Language } from '../../base/format';

export interface Pin {
  salt: string;
  hash: string;
  rounds: number;
}

export interface Person {
  id: number;
  name: string;
  role: string;
  rights: string[];
  pin: Pin | null;
}

export interface Stream {
  code: string;
  name_nl: string;
  name_en: string;
  icon: string;
}

export interface Category {
  number: number;
  code: string;
  stream: string;
  name_nl: string;
  name_en: string;
  icon: string;
  grams: number | null;
  hazards: string[];
  stop: string | null;
}

/** A hazard, or a hard stop. */
export interface Danger {
  code: string;
  name_nl: string;
  name_en: string;
  what_to_do_nl: string;
  what_to_do_en: string;
}

export interface Tare {
  number: number;
  name: string;
  kind: string;
  grams: number;
}

export interface Scale {
  number: number;
  name: string;
  place: string;
  most_g: number;
  step_g: number;
}

/** A stretch of time, as moments. */
export interface Span {
  from: string;
  to: string;
}

export interface Elsewhere {
  centre: number;
  name: string;
  place: string;
  address: string;
  distance_m: number | null;
  /** Of the coming week, by time; empty: closed, or not known. */
  open: Span[];
}

export interface CounterSet {
  server_time: string;
  network: string;
  demo: boolean;
  centre: { id: number; slug: string; name: string; place: string };
  device: { number: number; name: string };
  settings: { pin_hours: number; resident_check: 'off' | 'optional' | 'required'; quota_per_year: number };
  people: Person[];
  streams: Stream[];
  categories: Category[];
  hazards: Danger[];
  stops: Danger[];
  tares: Tare[];
  scales: Scale[];
  refusal_reasons: { code: string; icon: string }[];
  vehicles: string[];
  visit_reasons: string[];
  elsewhere: Elsewhere[];
}

/** What something is: its category where somebody chose one, else its stream. */
export function thingOf(set: CounterSet, { stream, category }: { stream: string | null; category?: number | null }): Category | Stream | undefined {
  return set.categories.find((one) => one.number === category) ?? set.streams.find((one) => one.code === stream);
}

export function nameOf(thing: { name_nl: string; name_en: string }, language: Language): string {
  return language === 'nl' ? thing.name_nl : thing.name_en;
}

export function whatToDo(danger: Danger, language: Language): string {
  return language === 'nl' ? danger.what_to_do_nl : danger.what_to_do_en;
}
