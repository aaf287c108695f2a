// SPDX-License-Identifier: EUPL-1.2
// A vehicle on the weighbridge while it is being weighed. Plain values; each function gives the next one.
import type { Scale, Tare } from '../base/counter_set';
import type { Reading } from '../gate/scale';
import { mostTyped, readTyped, type Doubt } from '../gate/weighing';
import type { Basis, Lane, SecondPassBody, TicketBody } from '../outbox/actions';
import type { OpenTicket } from './open_tickets';

/** One pass over the bridge. */
export interface Pass {
  grams: number;
  basis: Basis;
  scale: number | null;
  raw: string | null;
}

export interface BridgeDraft {
  /** The ticket that drives off. */
  chosen: string | null;
  lane: Lane;
  stream: string;
  /** On the card that the driver gets; empty: the first free number. */
  label: string;
  /** As typed, wrong or right. */
  typed: string;
  basis: 'measured' | 'estimated';
  /** Taken from the scale and not yet booked. */
  taken: Pass | null;
  /** The stored weight of what is empty, instead of a second pass. */
  tare: number | null;
  search: string;
}

export function emptyBridge(): BridgeDraft {
  return { chosen: null, lane: 'waste', stream: 'mixed', label: '', typed: '', basis: 'measured', taken: null, tare: null, search: '' };
}

/** True while nothing would be lost. */
export function isBridgeUntouched({ label, typed, taken, tare }: BridgeDraft): boolean {
  return label === '' && typed === '' && taken === null && tare === null;
}

/** Another ticket, or none: what was weighed belongs to this one only. */
export function chooseTicket(draft: BridgeDraft, chosen: string | null): BridgeDraft {
  return { ...emptyBridge(), lane: draft.lane, stream: draft.stream, chosen };
}

/** What the scale says may count, within what it can carry; while it moves, as an estimate. */
export function readPass(scale: Scale, { state, grams, raw }: Reading): Pass | Doubt {
  if (state === 'over' || (grams !== null && grams > scale.most_g)) return { code: 'app.ticket.over_the_scale', most: scale.most_g };
  if (grams === null) return { code: 'app.gate.scale_silent' };
  if (grams <= 0) return { code: 'app.gate.scale_empty' };
  return { grams, basis: state === 'still' ? 'measured' : 'estimated', scale: scale.number, raw };
}

export function isDoubt<Value extends object>(found: Value | Doubt): found is Doubt {
  return 'code' in found;
}

/** What was taken, else what is typed: a bridge that is not ours is read by eye. */
export function passOf({ taken, typed, basis }: BridgeDraft): Pass | Doubt {
  if (taken) return taken;
  const grams = readTyped(typed, mostTyped);
  return typeof grams === 'number' ? { grams, basis, scale: null, raw: null } : grams;
}

const longestLabel = 20;
const sameWord = (one: string, other: string): boolean => one.trim().toLowerCase() === other.trim().toLowerCase();

/** The ticket with exactly this number or label. */
export function ticketWith(word: string, open: OpenTicket[]): OpenTicket | null {
  return open.find((one) => sameWord(one.word, word)) ?? null;
}

/** Those whose number or label begins with what is typed; all of them while that is nothing. */
export function findTickets(typed: string, open: OpenTicket[]): OpenTicket[] {
  const begin = typed.trim().toLowerCase();
  return open.filter((one) => one.word.toLowerCase().startsWith(begin));
}

/** A scanned label leads to its ticket; one that no ticket has goes on the next card. */
export function scanned(draft: BridgeDraft, code: string, open: OpenTicket[]): BridgeDraft {
  const found = ticketWith(code, open);
  if (found) return chooseTicket(draft, found.ticket);
  return draft.chosen === null ? { ...draft, label: code } : draft;
}

function labelDoubt(label: string, open: OpenTicket[]): Doubt | null {
  if ([...label.trim()].length > longestLabel) return { code: 'app.ticket.label_long' };
  return label.trim() !== '' && ticketWith(label, open) ? { code: 'app.ticket.label_taken' } : null;
}

export function firstPass(draft: BridgeDraft, free: string, vehicle: string | null, open: OpenTicket[]): TicketBody | Doubt {
  const wrong = labelDoubt(draft.label, open);
  if (wrong) return wrong;
  const pass = passOf(draft);
  if (isDoubt(pass)) return pass;
  const { grams, basis, scale, raw } = pass;
  return { lane: draft.lane, stream: draft.stream, gross_g: grams, basis, scale, raw, word: draft.label.trim() || free, vehicle };
}

/** What the empty vehicle weighs: as stored, else weighed now. It is lighter than the full one. */
export function secondPass(ticket: { ticket: string; gross_g: number }, draft: BridgeDraft, tares: Tare[]): SecondPassBody | Doubt {
  const tare = tares.find((one) => one.number === draft.tare);
  const stored: Pass | null = tare ? { grams: tare.grams, basis: 'measured', scale: null, raw: null } : null;
  const pass = stored ?? passOf(draft);
  if (isDoubt(pass)) return pass;
  const { grams, ...how } = pass;
  if (grams >= ticket.gross_g) return { code: 'app.ticket.heavier', grams, most: ticket.gross_g };
  return { ticket: ticket.ticket, tare_g: grams, tare: tare?.number ?? null, ...how };
}
