// SPDX-License-Identifier: EUPL-1.2
import { describe, expect, it } from 'vitest';
import type { Scale, Tare } from '../base/counter_set';
import {
  chooseTicket, emptyBridge, findTickets, firstPass, isBridgeUntouched, passOf, readPass, scanned, secondPass, ticketWith, type BridgeDraft,
} from './bridge';
import type { OpenTicket } from './open_tickets';

const scale: Scale = { number: 3, name: 'Weegbrug', place: 'poort', most_g: 50_000_000, step_g: 20_000 };
const open: OpenTicket[] = ['3', '31', 'K-Rood'].map((word) => ({
  ticket: `id-${word}`, word, lane: 'waste', stream: 'construction', gross_g: 3_420_000, basis: 'measured', opened_at: '2027-03-12T10:00:00.000Z',
}));
const full = { ticket: 'id-3', gross_g: 3_420_000 };
const trailer: Tare = { number: 7, name: 'aanhanger gemeente', kind: 'trailer', grams: 750_000 };
const typed = (text: string, more: Partial<BridgeDraft> = {}): BridgeDraft => ({ ...emptyBridge(), typed: text, ...more });

describe('a pass from the scale', () => {
  it('keeps the raw line, and is measured while the scale stands still', () => {
    expect(readPass(scale, { state: 'still', grams: 3_420_000, raw: 'S S  3420 kg' })).toEqual({
      grams: 3_420_000, basis: 'measured', scale: 3, raw: 'S S  3420 kg',
    });
    expect(readPass(scale, { state: 'moving', grams: 3_420_000, raw: 'S D' })).toMatchObject({ basis: 'estimated' });
  });
  it.each([
    [{ state: 'over', grams: null, raw: 'S +' }, 'app.ticket.over_the_scale'],
    [{ state: 'still', grams: 50_000_001, raw: 'S S' }, 'app.ticket.over_the_scale'],
    [{ state: 'silent', grams: null, raw: null }, 'app.gate.scale_silent'],
    [{ state: 'still', grams: 0, raw: 'S S' }, 'app.gate.scale_empty'],
    [{ state: 'under', grams: -20_000, raw: 'S -' }, 'app.gate.scale_empty'],
  ] as const)('%o is not taken', (reading, code) => expect(readPass(scale, reading)).toMatchObject({ code }));
});

describe('a pass', () => {
  it('that was taken goes before what is typed', () => {
    const taken = { grams: 1_200_000, basis: 'measured', scale: 3, raw: 'S S' } as const;
    expect(passOf(typed('99', { taken }))).toEqual(taken);
  });
  it('is typed as read off or as a guess, and wrong ones stay as they were typed', () => {
    expect(passOf(typed('3420', { basis: 'estimated' }))).toEqual({ grams: 3_420_000, basis: 'estimated', scale: null, raw: null });
    expect(passOf(typed('veel'))).toEqual({ code: 'weight.not_a_mass' });
    expect(passOf(typed('18.500'))).toEqual({ code: 'weight.ambiguous' });
    expect(passOf(typed('60001'))).toMatchObject({ code: 'app.gate.too_heavy' });
    expect(passOf(emptyBridge())).toEqual({ code: 'app.gate.no_weight' });
  });
});

describe('the first pass', () => {
  it('gives the free number, or the label of the card', () => {
    expect(firstPass(typed('3420'), '2', 'truck', open)).toMatchObject({ word: '2', gross_g: 3_420_000, vehicle: 'truck', stream: 'mixed' });
    expect(firstPass(typed('3420', { label: ' blauw 4 ' }), '2', null, open)).toMatchObject({ word: 'blauw 4' });
  });
  it('does not give a label twice, nor one that does not fit on a card', () => {
    expect(firstPass(typed('3420', { label: 'k-rood' }), '2', null, open)).toEqual({ code: 'app.ticket.label_taken' });
    expect(firstPass(typed('3420', { label: 'x'.repeat(21) }), '2', null, open)).toEqual({ code: 'app.ticket.label_long' });
  });
});

describe('the second pass', () => {
  it('is what the empty vehicle weighs', () => {
    const taken = { grams: 1_200_000, basis: 'measured', scale: 3, raw: 'S S  1200 kg' } as const;
    expect(secondPass(full, { ...emptyBridge(), taken }, [])).toEqual({
      ticket: 'id-3', tare_g: 1_200_000, tare: null, basis: 'measured', scale: 3, raw: 'S S  1200 kg',
    });
  });
  it('may be a stored weight, which then has its number', () => {
    expect(secondPass(full, { ...emptyBridge(), tare: 7 }, [trailer])).toEqual({
      ticket: 'id-3', tare_g: 750_000, tare: 7, basis: 'measured', scale: null, raw: null,
    });
  });
  it('is lighter than the full one', () => {
    expect(secondPass(full, typed('3420'), [])).toEqual({ code: 'app.ticket.heavier', grams: 3_420_000, most: 3_420_000 });
    expect(secondPass({ ticket: 'a', gross_g: 500_000 }, { ...emptyBridge(), tare: 7 }, [trailer])).toMatchObject({ code: 'app.ticket.heavier' });
    expect(secondPass(full, emptyBridge(), [trailer])).toEqual({ code: 'app.gate.no_weight' });
  });
});

describe('a ticket', () => {
  it('is found by its number or label', () => {
    expect(findTickets('3', open).map((one) => one.word)).toEqual(['3', '31']);
    expect(findTickets(' k', open).map((one) => one.word)).toEqual(['K-Rood']);
    expect(findTickets('', open).length).toBe(3);
    expect(ticketWith('3', open)?.ticket).toBe('id-3');
    expect(ticketWith('K-ROOD', open)?.ticket).toBe('id-K-Rood');
  });
  it('opens when its label is scanned; another label goes on the next card', () => {
    expect(scanned(typed('12'), 'K-Rood', open)).toMatchObject({ chosen: 'id-K-Rood', typed: '' });
    expect(scanned(typed('12'), 'nieuw', open)).toMatchObject({ chosen: null, label: 'nieuw', typed: '12' });
    const leaving = chooseTicket(emptyBridge(), 'id-3');
    expect(scanned(leaving, 'nieuw', open)).toBe(leaving);
  });
});

it('knows when nothing would be lost', () => {
  expect(isBridgeUntouched(emptyBridge())).toBe(true);
  expect(isBridgeUntouched(chooseTicket(emptyBridge(), 'id-3'))).toBe(true);
  expect(isBridgeUntouched(typed('1'))).toBe(false);
});
