// SPDX-License-Identifier: EUPL-1.2
// Brings the few live places of a page to life. Each is an element that the server wrote, named by
// `data-island`; a page without script keeps all it has.
import { mount } from 'svelte';
import LiveHead from './islands/LiveHead.svelte';
import LiveScale from './islands/LiveScale.svelte';
import { readReading } from './islands/scale';
import { startPrintButton } from './islands/print';
import { startWeightField } from './islands/weight.svelte';
import type { Language } from './base/texts';

const language: Language = document.documentElement.lang === 'en' ? 'en' : 'nl';

for (const target of document.querySelectorAll<HTMLElement>('[data-island="weight"]')) {
  startWeightField(target, language);
}
for (const target of document.querySelectorAll<HTMLElement>('[data-island="print"]')) {
  startPrintButton(target, () => print());
}
for (const target of document.querySelectorAll<HTMLElement>('[data-island="head"]')) {
  const { centre = '', sequence = '' } = target.dataset;
  mount(LiveHead, { target, props: { language, centre, sequence: Number(sequence) } });
}
for (const target of document.querySelectorAll<HTMLElement>('[data-island="scale"]')) {
  const { centre = '', number = '', reading } = target.dataset;
  target.replaceChildren();
  mount(LiveScale, { target, props: { language, centre, number, first: readReading(reading) } });
}
