// SPDX-License-Identifier: EUPL-1.2
// What this device likes: kept in the browser, never sent.
import type { Language } from '../../base/format';
import { receiptWays, type ReceiptWay } from '../outbox/actions';
import { speech } from '../speech/say.svelte';

export interface Settings {
  language: Language;
  left_handed: boolean;
  sound: boolean;
  vibration: boolean;
  /** What a visitor gets when nobody says otherwise. */
  receipt: ReceiptWay;
}

const place = 'kringwerk-settings';
const usual: Settings = { language: 'nl', left_handed: false, sound: true, vibration: true, receipt: 'qr' };

function kept(): Settings {
  try {
    const found = JSON.parse(localStorage.getItem(place) ?? '{}') as Partial<Settings>;
    return { ...usual, ...found, language: found.language === 'en' ? 'en' : 'nl', receipt: receiptWays.find((way) => way === found.receipt) ?? 'qr' };
  } catch {
    return usual;
  }
}

function apply(next: Settings): void {
  speech.language = next.language;
  document.documentElement.lang = next.language;
}

export const settings = $state<Settings>(kept());
apply(settings);

export function changeSettings(change: Partial<Settings>): void {
  Object.assign(settings, change);
  apply(settings);
  try {
    localStorage.setItem(place, JSON.stringify(settings));
  } catch {
    // A browser that keeps nothing still works until it closes.
  }
}
