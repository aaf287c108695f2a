// SPDX-License-Identifier: EUPL-1.2
// ISO/IEC 18004, tables 1, 9 and E.1: versions 1 to 9 with error correction M, 15 % of which may be torn.

export interface Version {
  number: number;
  /** Bytes in all, those of the error correction included. */
  bytes: number;
  blocks: number;
  /** Bytes of error correction in each block. */
  correction: number;
  /** Where the small squares stand, along each side. */
  alignment: number[];
}

const rows: [bytes: number, blocks: number, correction: number, alignment: number[]][] = [
  [26, 1, 10, []],
  [44, 1, 16, [6, 18]],
  [70, 1, 26, [6, 22]],
  [100, 2, 18, [6, 26]],
  [134, 2, 24, [6, 30]],
  [172, 4, 16, [6, 34]],
  [196, 4, 18, [6, 22, 38]],
  [242, 4, 22, [6, 24, 42]],
  [292, 5, 22, [6, 26, 46]],
];

export const versions: Version[] = rows.map(([bytes, blocks, correction, alignment], index) => ({
  number: index + 1, bytes, blocks, correction, alignment,
}));

export const dataBytes = (version: Version): number => version.bytes - version.blocks * version.correction;
