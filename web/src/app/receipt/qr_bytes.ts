// SPDX-License-Identifier: EUPL-1.2
// From a text to the bytes of a QR code: data, its error correction (Reed and Solomon), in the order of drawing.
import { dataBytes, type Version } from './qr_tables';

/** Multiplies in the field of 256 elements with the polynomial x^8 + x^4 + x^3 + x^2 + 1. */
function times(one: number, other: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; --bit) {
    product = (product << 1) ^ ((product >>> 7) * 0x11d);
    product ^= ((other >>> bit) & 1) * one;
  }
  return product;
}

/** The divisor whose roots are the powers of 2 below `degree`; its first coefficient, 1, is left out. */
function divisorOf(degree: number): number[] {
  const divisor = [...Array<number>(degree - 1).fill(0), 1];
  let root = 1;
  for (let i = 0; i < degree; ++i) {
    for (let at = 0; at < degree; ++at) divisor[at] = times(divisor[at] ?? 0, root) ^ (divisor[at + 1] ?? 0);
    root = times(root, 2);
  }
  return divisor;
}

function correctionOf(data: number[], divisor: number[]): number[] {
  const rest = divisor.map(() => 0);
  for (const byte of data) {
    const factor = byte ^ (rest.shift() ?? 0);
    rest.push(0);
    divisor.forEach((coefficient, at) => (rest[at] = (rest[at] ?? 0) ^ times(coefficient, factor)));
  }
  return rest;
}

/** Mode 4 (bytes), eight bits of length, the bytes, four zeros, and padding by turns. */
function dataOf(text: Uint8Array, most: number): number[] {
  const half = [4, text.length >> 4, text.length & 15, ...[...text].flatMap((byte) => [byte >> 4, byte & 15]), 0];
  const data = [];
  for (let at = 0; at < half.length; at += 2) data.push(((half[at] ?? 0) << 4) | (half[at + 1] ?? 0));
  for (let padding = 0xec; data.length < most; padding ^= 0xec ^ 0x11) data.push(padding);
  return data;
}

/** Takes the first of each list, then the second of each, and so on. */
function byTurns(lists: number[][]): number[] {
  const longest = Math.max(...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, at) => lists.flatMap((list) => list.slice(at, at + 1))).flat();
}

/** Later blocks are one byte longer where the data do not divide evenly. */
export function bytesOf(text: Uint8Array, version: Version): number[] {
  const data = dataOf(text, dataBytes(version));
  const short = Math.floor(data.length / version.blocks);
  const longer = data.length % version.blocks;
  const divisor = divisorOf(version.correction);
  const blocks: number[][] = [];
  for (let from = 0; blocks.length < version.blocks; ) {
    const size = short + (blocks.length >= version.blocks - longer ? 1 : 0);
    blocks.push(data.slice(from, from + size));
    from += size;
  }
  return [...byTurns(blocks), ...byTurns(blocks.map((block) => correctionOf(block, divisor)))];
}
