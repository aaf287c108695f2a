// SPDX-License-Identifier: EUPL-1.2
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeQr, qrPath, type Modules } from './qr';

interface Example {
  text: string;
  rows: string[];
}
// What the server draws; src/base/qr_test.cpp holds it to the same.
const golden = JSON.parse(readFileSync(new URL('../../../../tests/golden/qr.json', import.meta.url), 'utf8')) as Example[];
const rowsOf = (modules: Modules | null) => (modules ?? []).map((row) => row.map((isDark) => (isDark ? '#' : '.')).join(''));

/** Which mask was used stands beside the upper left finder: bits 12 to 10, turned over by 101. */
function maskOf(rows: string[]): number {
  const bit = (x: number): number => (rows[8]?.[x] === '#' ? 1 : 0);
  return ((bit(2) << 2) | (bit(3) << 1) | bit(4)) ^ 0b101;
}

describe('a QR code', () => {
  it.each(golden)('of "$text" is module by module that of the server', ({ text, rows }) => {
    expect(rowsOf(makeQr(text, maskOf(rows)))).toEqual(rows);
  });
  it.each(golden)('of "$text" chooses a mask of its own, and says which', ({ text, rows }) => {
    const own = rowsOf(makeQr(text));
    expect(own).toEqual(rowsOf(makeQr(text, maskOf(own))));
    expect(own.length).toBe(rows.length);
  });
  it('is none of nothing, and none of a text that is no address', () => {
    expect(makeQr('')).toBeNull();
    expect(makeQr('x'.repeat(180))?.length).toBe(53);
    expect(makeQr('x'.repeat(181))).toBeNull();
  });
  it('is drawn with its quiet zone', () => {
    const { size, path } = qrPath([[true, false], [false, true]]);
    expect([size, path]).toEqual([10, 'M4 4h1v1h-1zM5 5h1v1h-1z']);
  });
});
