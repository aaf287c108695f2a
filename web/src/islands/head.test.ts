// SPDX-License-Identifier: EUPL-1.2
import { expect, it } from 'vitest';
import { newSince, readHead } from './head';

it('reads a head and nothing that only looks like one', () => {
  expect(readHead('{"sequence":12}')).toBe(12);
  for (const data of ['', 'null', '[]', '{"sequence":"12"}', '{"sequence":1.5}', '{', undefined]) {
    expect(readHead(data)).toBeNull();
  }
});

it('counts what came after the page, and never less than nothing', () => {
  expect(newSince(10, 13)).toBe(3);
  expect(newSince(10, 10)).toBe(0);
  expect(newSince(10, 7)).toBe(0);
  expect(newSince(10, null)).toBe(0);
});
