// SPDX-License-Identifier: EUPL-1.2
import { describe, expect, it } from 'vitest';
import { hear, isRestless, readReading, readingAt, silentWatch } from './scale';
import { hearKey, noBurst, receiptIn } from './scanner';

/** Types `text` with `gap` milliseconds between the keys. */
function typed(text: string[], gap: number) {
  let burst = noBurst;
  return text.map((key, index) => {
    const heard = hearKey(burst, key, 1000 + index * gap);
    burst = heard.burst;
    return heard;
  });
}

describe('a scanner', () => {
  it('is a burst that ends in Enter', () => {
    const heard = typed([...'8712345', 'Enter'], 10);
    expect(heard.at(-1)?.code).toBe('8712345');
    expect(heard.map((one) => one.begins)).toEqual([true, false, false, false, false, false, false, false]);
  });
  it('is not somebody who types, nor a short burst', () => {
    expect(typed([...'18,4', 'Enter'], 90).at(-1)?.code).toBeNull();
    expect(typed([...'12', 'Enter'], 10).at(-1)?.code).toBeNull();
  });
  it('may be slow after its prefix, and then types nothing', () => {
    const heard = typed(['~', 'a', 'Shift', 'B', 'Enter'], 200);
    expect(heard.at(-1)?.code).toBe('aB');
    expect(heard.map((one) => one.swallow)).toEqual([true, true, false, true, true]);
  });
  it('knows the address of a receipt', () => {
    const id = '018f0000-0000-7fff-bfff-ffffffffffff';
    expect(receiptIn(`https://example.org/bon/3/${id}`)).toBe(id);
    expect(receiptIn('8712345')).toBeNull();
  });
});

describe('a scale', () => {
  it('is read as agreed, or not at all', () => {
    expect(readReading('{"state":"still","grams":18400,"raw":"S S"}')).toEqual({ state: 'still', grams: 18_400, raw: 'S S' });
    for (const data of ['', '{', 'null', '{"state":"dancing"}', undefined]) expect(readReading(data)).toBeNull();
  });
  it('is silent after three seconds without a word', () => {
    const watch = hear(silentWatch, { state: 'still', grams: 5, raw: null }, 10_000);
    expect(readingAt(watch, 12_000).state).toBe('still');
    expect(readingAt(watch, 13_001).state).toBe('silent');
  });
  it('is restless after three seconds of moving without a rest', () => {
    const moving = { state: 'moving', grams: 5, raw: null } as const;
    let watch = hear(silentWatch, moving, 10_000);
    watch = hear(watch, moving, 12_900);
    expect(isRestless(watch, 12_950)).toBe(false);
    watch = hear(watch, moving, 13_100);
    expect(isRestless(watch, 13_150)).toBe(true);
    expect(isRestless(hear(watch, { ...moving, state: 'still' }, 13_200), 13_250)).toBe(false);
  });
});
