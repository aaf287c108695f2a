// SPDX-License-Identifier: EUPL-1.2

/** The sequence in the data of a "head" event, or null when they are not what was agreed. */
export function readHead(data: unknown): number | null {
  if (typeof data !== 'string') return null;
  try {
    const head = JSON.parse(data) as { sequence?: unknown } | null;
    return typeof head?.sequence === 'number' && Number.isSafeInteger(head.sequence) ? head.sequence : null;
  } catch {
    return null;
  }
}

/** How many bookings came after `shown`; an older head (another server answered) is none. */
export function newSince(shown: number, latest: number | null): number {
  return latest === null ? 0 : Math.max(0, latest - shown);
}
