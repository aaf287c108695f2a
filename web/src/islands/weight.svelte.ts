// SPDX-License-Identifier: EUPL-1.2
import { mount } from 'svelte';
import type { Language } from '../base/texts';
import WeightField from './WeightField.svelte';

/** Follows the field that `data-for` names, and speaks in `target`. */
export function startWeightField(target: HTMLElement, language: Language): void {
  const field = document.getElementById(target.dataset['for'] ?? '');
  if (!(field instanceof HTMLInputElement)) return;
  const props = $state({ language, typed: field.value });
  field.addEventListener('input', () => {
    props.typed = field.value;
  });
  mount(WeightField, { target, props });
}
