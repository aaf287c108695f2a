// SPDX-License-Identifier: EUPL-1.2

const hex = (value: number, length: number): string => value.toString(16).padStart(length, '0');

/** A UUID of version 7: the time in front, so that it sorts by it. `random` holds ten bytes. */
export function uuidAt(now: number, random: Uint8Array): string {
  const tail = [...random.slice(0, 10)];
  const byte = (at: number): number => tail[at] ?? 0;
  const time = hex(now, 12);
  const third = hex(0x7000 | ((byte(0) & 0x0f) << 8) | byte(1), 4);
  const fourth = hex(0x8000 | ((byte(2) & 0x3f) << 8) | byte(3), 4);
  const last = tail.slice(4).map((value) => hex(value, 2)).join('').padEnd(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-${third}-${fourth}-${last}`;
}

export function newId(): string {
  return uuidAt(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
}
