// SPDX-License-Identifier: EUPL-1.2
// What the weighbridge shows, outside of its components: closing the sheet or locking the screen loses nothing.
import type { Counter } from '../base/counter.svelte';
import { dayOf, fetchDay } from '../base/server';
import { signal } from '../base/signal';
import type { Doubt } from '../gate/weighing';
import type { Action, Deed, VoidReason } from '../outbox/actions';
import { speech } from '../speech/say.svelte';
import {
  chooseTicket, emptyBridge, firstPass, isBridgeUntouched, isDoubt, scanned, secondPass, ticketWith, type BridgeDraft,
} from './bridge';
import { freeWord, openTickets, type OpenTicket } from './open_tickets';

const place = 'kringwerk-bridge';

function keptDraft(): BridgeDraft {
  try {
    return { ...emptyBridge(), ...(JSON.parse(sessionStorage.getItem(place) ?? '{}') as Partial<BridgeDraft>) };
  } catch {
    return emptyBridge();
  }
}

export class BridgeState {
  draft = $state.raw<BridgeDraft>(keptDraft());
  doubt = $state.raw<Doubt | null>(null);
  /** The number that was just given to a driver, or what was just booked. */
  said = $state.raw<{ word: string } | { grams: number; visit: string } | null>(null);
  private known = $state.raw<OpenTicket[]>([]);
  private booking = false;

  constructor(private readonly counter: Counter) {}

  readonly open = $derived.by(() => openTickets(this.known, this.counter.done));
  readonly leaving = $derived(this.open.find((one) => one.ticket === this.draft.chosen) ?? null);

  get untouched(): boolean {
    return isBridgeUntouched(this.draft);
  }

  become(draft: BridgeDraft): void {
    this.draft = draft;
    this.doubt = null;
    try {
      sessionStorage.setItem(place, JSON.stringify(draft));
    } catch {
      // Then it lives as long as this tab.
    }
  }

  choose(ticket: string | null): void {
    this.said = null;
    this.become(chooseTicket(this.draft, ticket));
  }

  scan(code: string): void {
    this.said = null;
    this.become(scanned(this.draft, code, this.open));
  }

  knows(code: string): boolean {
    return ticketWith(code, this.open) !== null;
  }

  /** Asks which vehicles are inside by other counters; without network those of this one stay. */
  async look(): Promise<void> {
    const centre = this.counter.set?.centre.id;
    if (centre === undefined) return;
    const day = await fetchDay(centre, dayOf(Date.now()), speech.language);
    if (day) this.known = day.tickets_open;
  }

  /** The vehicle is full. With a stored weight of what is empty it need not come back. */
  async enter(vehicle: string | null): Promise<void> {
    const body = firstPass(this.draft, freeWord(this.open), vehicle, this.open);
    if (isDoubt(body)) return this.refuse(body);
    const tares = this.counter.set?.tares ?? [];
    const stored = this.draft.tare === null ? null : secondPass({ ticket: '', gross_g: body.gross_g }, this.draft, tares);
    if (stored && isDoubt(stored)) return this.refuse(stored);
    await this.alone(async () => {
      const opened = await this.counter.book({ kind: 'ticket-open', body });
      const complete = stored && (await this.counter.book({ kind: 'ticket-complete', body: { ...stored, ticket: opened.id } }));
      this.choose(null);
      this.said = complete ? { grams: body.gross_g - stored.tare_g, visit: complete.id } : { word: body.word };
    });
  }

  async leave(): Promise<void> {
    const ticket = this.leaving;
    if (!ticket) return;
    const body = secondPass(ticket, this.draft, this.counter.set?.tares ?? []);
    if (isDoubt(body)) return this.refuse(body);
    await this.alone(async () => {
      const complete = await this.book({ kind: 'ticket-complete', body });
      this.said = { grams: ticket.gross_g - body.tare_g, visit: complete.id };
    });
  }

  async cancel(reason: VoidReason): Promise<void> {
    const ticket = this.leaving;
    if (!ticket) return;
    await this.alone(async () => void (await this.book({ kind: 'ticket-void', body: { ticket: ticket.ticket, reason } })));
  }

  private refuse(doubt: Doubt): void {
    this.doubt = doubt;
  }

  private async book(deed: Deed): Promise<Action> {
    const action = await this.counter.book(deed);
    this.choose(null);
    return action;
  }

  /** Gloves tap twice, and a device that is full keeps what was typed. */
  private async alone(work: () => Promise<void>): Promise<void> {
    if (this.booking) return;
    this.booking = true;
    try {
      await work();
      signal('done');
    } catch {
      this.doubt = { code: 'app.gate.not_kept' };
    } finally {
      this.booking = false;
    }
  }
}
