// SPDX-License-Identifier: EUPL-1.2
// What the gate shows, outside of its components: the lock screen may stand in front, nothing is lost.
import type { Action, UndoReason } from '../outbox/actions';
import type { Counter } from '../base/counter.svelte';
import { BridgeState } from '../bridge/bridge_state.svelte';
import { settings } from '../base/settings.svelte';
import { signal } from '../base/signal';
import type { Code } from '../speech/texts';
import {
  addLine, afterRefusal, emptyDraft, isUntouched, postcodeIsFine, refusalBody, tapped, totalGrams, visitBody, type Draft,
} from './draft';
import { correctionBody, draftOf, needsRightCar, type StandingCar } from './correcting';
import { weighTyped, type Doubt, type Weighed } from './weighing';

const place = 'kringwerk-gate';

/** What was just booked, for the toast. */
export interface Just {
  action: Action;
  grams: number;
  at: number;
}

/** A tab that was killed comes back to the same car. */
function keptDraft(): Draft {
  try {
    return { ...emptyDraft(), ...(JSON.parse(sessionStorage.getItem(place) ?? '{}') as Partial<Draft>) };
  } catch {
    return emptyDraft();
  }
}

export class GateState {
  draft = $state.raw<Draft>(keptDraft());
  doubt = $state.raw<Doubt | null>(null);
  postcode_doubt = $state<Code | null>(null);
  notice = $state<string | null>(null);
  just = $state.raw<Just | null>(null);
  /** The pass is asked for before this car is done. */
  asks_pass = $state(false);
  keypad = $state(false);
  /** The visit whose receipt goes to the printer; asked again, it is another value. */
  prints = $state.raw<{ visit: string } | null>(null);
  private booking = false;

  readonly bridge: BridgeState;

  constructor(private readonly counter: Counter) {
    this.bridge = new BridgeState(counter);
    counter.in_hand = () => !isUntouched(this.draft) || !this.bridge.untouched;
  }

  get untouched(): boolean {
    return isUntouched(this.draft) && this.bridge.untouched && this.just === null;
  }

  become(draft: Draft): void {
    this.draft = draft;
    this.doubt = null;
    this.notice = null;
    if (postcodeIsFine(draft.postcode)) this.postcode_doubt = null;
    try {
      sessionStorage.setItem(place, JSON.stringify(draft));
    } catch {
      // Then the car lives as long as this tab.
    }
  }

  tap(): void {
    const { doubt, notice, postcode_doubt } = this;
    if (this.just && Date.now() - this.just.at > 400) this.just = this.prints = null;
    this.become(tapped(this.draft, Date.now()));
    [this.doubt, this.notice, this.postcode_doubt] = [doubt, notice, postcode_doubt];
  }

  /** Adds a line, or says why not. */
  add(weighed: Weighed): boolean {
    if ('doubt' in weighed) {
      this.doubt = weighed.doubt;
      return false;
    }
    this.become(addLine(this.draft, weighed.line));
    return true;
  }

  private addTyped(): boolean {
    const set = this.counter.set;
    return set !== null && this.add(weighTyped(this.draft, set));
  }

  /** Nog iets: what is typed becomes a line, and the tiles are next. */
  more(): void {
    if (this.draft.typed.trim() !== '' && !this.addTyped()) return;
    this.become({ ...this.draft, step: this.draft.lane === null ? 1 : 2 });
  }

  async finish(): Promise<void> {
    if (this.booking || this.isSecondTap()) return;
    const pending = this.draft.typed.trim() !== '' || this.draft.stream !== null || this.draft.lines.length === 0;
    if (pending && !this.addTyped()) return;
    if (!postcodeIsFine(this.draft.postcode)) {
      this.postcode_doubt = 'app.gate.postcode_half';
      return;
    }
    // Whoever is corrected was let in already.
    const asked = this.counter.set?.settings.resident_check === 'required' && this.draft.corrects === null;
    if (asked && this.draft.pass.trim() === '' && !this.draft.without_pass) {
      this.asks_pass = true;
      return;
    }
    await this.book();
  }

  /** Gloves tap twice. Whoever has begun the next car means it. */
  private isSecondTap(): boolean {
    const begun = this.draft.lane !== null || this.draft.typed !== '';
    return !begun && this.just !== null && Date.now() - this.just.at < 700;
  }

  private async book(): Promise<void> {
    const draft = this.draft;
    this.booking = true;
    this.asks_pass = false;
    this.become(emptyDraft());
    try {
      const body = visitBody(draft, Date.now(), settings.receipt);
      const action = await this.counter.book(
        draft.corrects ? { kind: 'gate-correction', body: correctionBody(body, draft.corrects) } : { kind: 'gate-visit', body },
      );
      this.just = { action, grams: totalGrams(draft.lines), at: Date.now() };
      if ((draft.receipt ?? settings.receipt) === 'paper') this.prints = { visit: action.id };
      this.keypad = false;
      signal('done');
    } catch {
      this.become(draft);
      this.doubt = { code: 'app.gate.not_kept' };
    } finally {
      this.booking = false;
    }
  }

  async refuse(): Promise<void> {
    const draft = this.draft;
    const body = refusalBody(draft);
    if (!body || this.booking) return;
    this.booking = true;
    this.become(afterRefusal(draft));
    try {
      const action = await this.counter.book({ kind: 'gate-refusal', body });
      this.just = { action, grams: 0, at: Date.now() };
      signal('refused');
    } catch {
      this.become(draft);
      this.doubt = { code: 'app.gate.not_kept' };
    } finally {
      this.booking = false;
    }
  }

  /** Fills the gate with a wrong car; false when another car is being weighed. */
  async correct(car: StandingCar, mistake: UndoReason): Promise<boolean> {
    if (!needsRightCar(mistake)) {
      await this.counter.book({ kind: 'gate-undo', body: { visit: car.id, reason: mistake } });
      return true;
    }
    if (!isUntouched(this.draft)) return false;
    this.just = null;
    this.become(draftOf(car, mistake));
    return true;
  }

  /** The car stays as it was booked. */
  leaveAsItWas(): void {
    this.become(emptyDraft());
  }

  async undo(): Promise<void> {
    const just = this.just;
    this.just = null;
    if (just) await this.counter.book({ kind: 'gate-undo', body: { visit: just.action.id, reason: 'other-mistake' } });
  }
}
