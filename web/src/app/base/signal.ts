// SPDX-License-Identifier: EUPL-1.2
// The short tone and the tremble behind a booking: one for done, two for a refusal.
import { settings } from './settings.svelte';

let sound: AudioContext | null = null;

function tone(context: AudioContext, hertz: number, after_s: number): void {
  const from = context.currentTime + after_s;
  const volume = context.createGain();
  volume.gain.setValueAtTime(0.12, from);
  volume.gain.exponentialRampToValueAtTime(0.001, from + 0.12);
  const voice = context.createOscillator();
  voice.frequency.value = hertz;
  voice.connect(volume).connect(context.destination);
  voice.start(from);
  voice.stop(from + 0.13);
}

export function signal(kind: 'done' | 'refused'): void {
  const times = kind === 'done' ? [0] : [0, 0.18];
  if (settings.vibration && 'vibrate' in navigator) navigator.vibrate(kind === 'done' ? 40 : [40, 80, 40]);
  if (!settings.sound || !('AudioContext' in window)) return;
  sound ??= new AudioContext();
  for (const after of times) tone(sound, kind === 'done' ? 880 : 440, after);
}
