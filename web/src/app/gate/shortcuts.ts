// SPDX-License-Identifier: EUPL-1.2
// The keys of the gate: digits are the weight, + is one more, Enter the yellow button, Esc back, F1 to F12
// the tiles in order. Arrows walk between the tiles.

export interface Keys {
  type: (text: string) => void;
  erase: () => void;
  more: () => void;
  next: () => void;
  back: () => void;
  tile: (index: number) => void;
  /** True while somebody walks over the screen by Tab and arrows, and typed no weight. */
  walks: () => boolean;
}

const writes = (target: EventTarget | null): target is HTMLElement =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;

/** Enter presses the button that has the focus of somebody who walks by keyboard; else it is the yellow one. */
function pressesItsButton(target: EventTarget | null, keys: Keys): boolean {
  return target instanceof HTMLElement && target.matches('button, a, select') && keys.walks();
}

/** True when the key was for the gate. */
export function handleKey(event: KeyboardEvent, keys: Keys): boolean {
  if (event.ctrlKey || event.altKey || event.metaKey) return false;
  const tile = /^F(\d{1,2})$/.exec(event.key);
  const inWeight = event.target instanceof HTMLElement && event.target.dataset['weight'] !== undefined;
  if (tile) keys.tile(Number(tile[1]) - 1);
  else if (event.key === 'Escape') keys.back();
  else if (event.key === 'Enter' && !pressesItsButton(event.target, keys)) keys.next();
  else if (event.key === '+' && (inWeight || !writes(event.target))) keys.more();
  else if (writes(event.target)) return false;
  else if (/^[\d.,]$/.test(event.key)) keys.type(event.key);
  else if (event.key === 'Backspace') keys.erase();
  else return walkTiles(event);
  return true;
}

const steps: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function walkTiles(event: KeyboardEvent): boolean {
  const step = steps[event.key];
  const from = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-tiles] button') : null;
  const group = from?.closest('[data-tiles]');
  if (!step || !from || !group) return false;
  const tiles = [...group.querySelectorAll<HTMLElement>('button')];
  const top = tiles[0]?.offsetTop;
  const columns = Math.max(1, tiles.filter((tile) => tile.offsetTop === top).length);
  tiles[tiles.indexOf(from) + step[0] + step[1] * columns]?.focus();
  return true;
}
