// SPDX-License-Identifier: EUPL-1.2
// A scanner types as a keyboard does, but faster than fingers, and ends in Enter. It may also begin with ~.

export interface Burst {
  text: string;
  last_at: number;
  /** True after the prefix: then speed says nothing any more. */
  marked: boolean;
}

export const noBurst: Burst = { text: '', last_at: -Infinity, marked: false };

const fastest_fingers_ms = 35;
const shortest = 4;
const prefix = '~';
/** A prefix without an Enter behind it was no scan. */
const forgotten_after_ms = 2000;

export interface Heard {
  burst: Burst;
  /** This key may be the first of a scan: remember what was typed before it. */
  begins: boolean;
  /** The whole code, when this key was its Enter. */
  code: string | null;
  /** The key belongs to a scan for certain, and should type nothing. */
  swallow: boolean;
}

export function hearKey(burst: Burst, key: string, at: number): Heard {
  const gap = at - burst.last_at;
  const marked = burst.marked && gap < forgotten_after_ms;
  if (key === 'Enter') {
    const fast = marked || (gap < fastest_fingers_ms && burst.text.length >= shortest);
    return { burst: noBurst, begins: false, code: fast && burst.text !== '' ? burst.text : null, swallow: fast };
  }
  if ([...key].length !== 1) return { burst: { ...burst, marked }, begins: false, code: null, swallow: false };
  if (key === prefix && !marked) return { burst: { text: '', last_at: at, marked: true }, begins: true, code: null, swallow: true };
  if (marked) return { burst: { text: burst.text + key, last_at: at, marked }, begins: false, code: null, swallow: true };
  const goes_on = gap < fastest_fingers_ms;
  const text = goes_on ? burst.text + key : key;
  return { burst: { text, last_at: at, marked: false }, begins: !goes_on, code: null, swallow: false };
}

/** The id in the address of a receipt, or null for anything else. */
export function receiptIn(code: string): string | null {
  return /\/bon\/\d+\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i.exec(code.trim())?.[1]?.toLowerCase() ?? null;
}
