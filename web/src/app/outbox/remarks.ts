// SPDX-License-Identifier: EUPL-1.2
// What the server said about what was booked: how often a pass came, for example.
import type { Done, Remark } from './actions';

/** Of a car that stands; what was taken back needs no word any more. */
export function remarkOn(done: Done[], id: string): Remark | null {
  const found = done.find((one) => one.action.id === id);
  return found && found.undone_by === null ? (found.remark ?? null) : null;
}

/** The newest that asks for attention and that nobody has put away. */
export function toBeSeen(done: Done[]): Done | null {
  return done.find((one) => one.remark?.attention === true && one.undone_by === null && !one.dismissed) ?? null;
}
