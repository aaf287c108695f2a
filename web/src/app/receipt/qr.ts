// SPDX-License-Identifier: EUPL-1.2
// A QR code (ISO/IEC 18004) without a server: a receipt is printed without network too.
import { bytesOf } from './qr_bytes';
import { dataBytes, versions, type Version } from './qr_tables';

/** Row by row; true is dark. Without the quiet zone around it. */
export type Modules = boolean[][];

interface Drawing {
  dark: Modules;
  /** Those that no mask turns over. */
  fixed: Modules;
}

const square = (size: number): Modules => Array.from({ length: size }, () => Array<boolean>(size).fill(false));

function put({ dark, fixed }: Drawing, x: number, y: number, isDark: boolean): void {
  const [row, marks] = [dark[y], fixed[y]];
  if (!row || !marks || x < 0 || x >= row.length) return;
  row[x] = isDark;
  marks[x] = true;
}

/** Squares in squares around a middle: light at the distances that `light` names. */
function putSquares(drawing: Drawing, middleX: number, middleY: number, radius: number, light: number[]): void {
  for (let y = -radius; y <= radius; ++y) {
    for (let x = -radius; x <= radius; ++x) put(drawing, middleX + x, middleY + y, !light.includes(Math.max(Math.abs(x), Math.abs(y))));
  }
}

/** The rest of a division of bits, as the two rows of information have it behind them. */
function withCheck(bits: number, divisor: number, length: number): number {
  let rest = bits;
  for (let i = 0; i < length; ++i) rest = (rest << 1) ^ ((rest >>> (length - 1)) * divisor);
  return (bits << length) | rest;
}

/** Correction M is 00, then the number of the mask. Twice, around the corners. */
function putFormat(drawing: Drawing, size: number, mask: number): void {
  const bits = withCheck(mask, 0x537, 10) ^ 0x5412;
  for (let i = 0; i < 15; ++i) {
    const isDark = ((bits >>> i) & 1) === 1;
    const along = i < 6 ? i : i < 8 ? i + 1 : 14 - i;
    if (i < 8) put(drawing, 8, along, isDark);
    else put(drawing, i === 8 ? 7 : along, 8, isDark);
    if (i < 8) put(drawing, size - 1 - i, 8, isDark);
    else put(drawing, 8, size - 15 + i, isDark);
  }
  put(drawing, 8, size - 8, true);
}

function putVersion(drawing: Drawing, size: number, number: number): void {
  if (number < 7) return;
  const bits = withCheck(number, 0x1f25, 12);
  for (let i = 0; i < 18; ++i) {
    const isDark = ((bits >>> i) & 1) === 1;
    const [far, near] = [size - 11 + (i % 3), Math.floor(i / 3)];
    put(drawing, far, near, isDark);
    put(drawing, near, far, isDark);
  }
}

function patternsOf({ number, alignment }: Version): Drawing {
  const size = number * 4 + 17;
  const drawing = { dark: square(size), fixed: square(size) };
  for (let i = 0; i < size; ++i) {
    put(drawing, 6, i, i % 2 === 0);
    put(drawing, i, 6, i % 2 === 0);
  }
  const last = size - 7;
  for (const [x, y] of [[3, 3], [size - 4, 3], [3, size - 4]] as const) putSquares(drawing, x, y, 4, [2, 4]);
  for (const x of alignment) {
    for (const y of alignment) {
      const corner = (x === 6 && y === 6) || (x === 6 && y === last) || (x === last && y === 6);
      if (!corner) putSquares(drawing, x, y, 2, [1]);
    }
  }
  putFormat(drawing, size, 0);
  putVersion(drawing, size, number);
  return drawing;
}

/** Up and down in pairs of columns from the right, around the column of the timing. */
function putBytes({ dark, fixed }: Drawing, bytes: number[]): void {
  const size = dark.length;
  let bit = 0;
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; ++step) {
      const upward = ((right + 1) & 2) === 0;
      const y = upward ? size - 1 - step : step;
      for (const x of [right, right - 1]) {
        const row = dark[y];
        if (!row || fixed[y]?.[x]) continue;
        row[x] = (((bytes[bit >>> 3] ?? 0) >>> (7 - (bit & 7))) & 1) === 1;
        bit += 1;
      }
    }
  }
}

const masks: ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

function masked(drawing: Drawing, mask: number): Modules {
  const turns = masks[mask] ?? (() => false);
  const dark = drawing.dark.map((row, y) => row.map((isDark, x) => isDark !== (!drawing.fixed[y]?.[x] && turns(x, y))));
  putFormat({ dark, fixed: drawing.fixed }, dark.length, mask);
  return dark;
}

/** How badly a reader would see it: long runs, false finders, whole squares, too dark or too light. */
function penaltyOf(modules: Modules): number {
  const size = modules.length;
  const columns = modules.map((_, x) => modules.map((row) => row[x] ?? false));
  const lines = [...modules, ...columns].map((line) => line.map((isDark) => (isDark ? '1' : '0')).join(''));
  let penalty = 0;
  for (const line of lines) {
    for (const [run] of line.matchAll(/0{5,}|1{5,}/g)) penalty += run.length - 2;
    penalty += 40 * [...line.matchAll(/(?=00001011101|10111010000)/g)].length;
  }
  for (let y = 0; y + 1 < size; ++y) {
    for (let x = 0; x + 1 < size; ++x) {
      const four = [modules[y]?.[x], modules[y]?.[x + 1], modules[y + 1]?.[x], modules[y + 1]?.[x + 1]];
      if (new Set(four).size === 1) penalty += 3;
    }
  }
  const share = modules.flat().filter(Boolean).length / (size * size);
  return penalty + 10 * Math.floor(Math.abs(share - 0.5) * 20);
}

/** Null when the text is longer than 180 bytes: no address of ours is. `mask`: a certain one, for tests. */
export function makeQr(text: string, mask: number | null = null): Modules | null {
  const bytes = new TextEncoder().encode(text);
  const version = versions.find((one) => dataBytes(one) >= bytes.length + 2);
  if (!version || bytes.length === 0) return null;
  const drawing = patternsOf(version);
  putBytes(drawing, bytesOf(bytes, version));
  const tried = (mask === null ? masks.map((_, number) => number) : [mask]).map((number) => masked(drawing, number));
  const [best] = tried.map((modules) => ({ modules, penalty: penaltyOf(modules) })).sort((one, other) => one.penalty - other.penalty);
  return best?.modules ?? null;
}

/** As one path of an SVG, in modules, the quiet zone of four included. */
export function qrPath(modules: Modules): { size: number; path: string } {
  const squares = modules.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x + 4} ${y + 4}h1v1h-1z`] : [])));
  return { size: modules.length + 8, path: squares.join('') };
}
