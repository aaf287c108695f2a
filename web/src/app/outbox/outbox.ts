// SPDX-License-Identifier: EUPL-1.2
// Writing down what the counter did. An action, its number and its place in "Net gedaan" are kept in one
// change: a second tab or a lost battery never doubles or skips a number.
import type { Action, Batch, Deed, Done, Outcome } from './actions';
import type { Cabinet, Change } from './cabinet';

export const mostInBatch = 100;
const remembered = 20;

export interface Meta {
  /** The name that this storage gave itself. A wiped browser has another one. */
  store: string;
  next_sequence: number;
  offset_ms: number;
  /** The clock of this device when the server was last heard; 0 before the first time. */
  contact_at: number;
}

export interface Moment {
  now: number;
  newId: () => string;
}

async function metaIn(change: Change, moment: Moment): Promise<Meta> {
  const found = (await change.get('meta', 'meta')) as Meta | undefined;
  return found ?? { store: moment.newId(), next_sequence: 1, offset_ms: 0, contact_at: 0 };
}

export function readMeta(cabinet: Cabinet, moment: Moment): Promise<Meta> {
  return cabinet.change(async (change) => {
    const meta = await metaIn(change, moment);
    await change.put('meta', 'meta', meta);
    return meta;
  });
}

/** Notes the time that the server gave, against the clock of this device at that moment. */
export function noteContact(cabinet: Cabinet, moment: Moment, server_time: string): Promise<void> {
  return cabinet.change(async (change) => {
    const server = Date.parse(server_time);
    if (Number.isNaN(server)) return;
    const meta = await metaIn(change, moment);
    await change.put('meta', 'meta', { ...meta, offset_ms: Math.round(server - moment.now), contact_at: moment.now });
  });
}

function byNumberDown(one: Done, other: Done): number {
  return other.action.sequence - one.action.sequence;
}

/** Keeps the last twenty, and of older ones those that were refused and not yet put away. */
async function forgetOld(change: Change): Promise<void> {
  const all = ((await change.all('done')) as Done[]).sort(byNumberDown);
  for (const old of all.slice(remembered)) {
    const wanted = old.state === 'waiting' || (old.state === 'refused' && !old.dismissed);
    if (!wanted) await change.remove('done', old.action.sequence);
  }
}

/** The car or refusal that an action takes back. */
export function takenBackBy(deed: Deed): string | null {
  if (deed.kind === 'gate-undo') return deed.body.visit;
  return deed.kind === 'gate-correction' ? deed.body.corrects : null;
}

async function markUndone(change: Change, action: Action): Promise<void> {
  const undone = takenBackBy(action);
  if (undone === null) return;
  for (const done of (await change.all('done')) as Done[]) {
    if (done.action.id !== undone) continue;
    await change.put('done', done.action.sequence, { ...done, undone_by: action.id });
  }
}

/** Writes one action down. When this returns, it is on the disk. */
export function writeDown(cabinet: Cabinet, moment: Moment, person: number, deed: Deed): Promise<Action> {
  return cabinet.change(async (change) => {
    const meta = await metaIn(change, moment);
    const action: Action = {
      ...deed,
      id: moment.newId(),
      sequence: meta.next_sequence,
      person,
      clock_at: new Date(moment.now).toISOString(),
      offset_ms: meta.offset_ms,
    };
    await change.put('meta', 'meta', { ...meta, next_sequence: meta.next_sequence + 1 });
    await change.put('outbox', action.sequence, action);
    const done: Done = { action, state: 'waiting', detail: '', undone_by: null, dismissed: false };
    await change.put('done', action.sequence, done);
    await markUndone(change, action);
    await forgetOld(change);
    return action;
  });
}

/** The next actions to send, oldest first, or null when nothing waits. */
export function nextBatch(cabinet: Cabinet, moment: Moment): Promise<Batch | null> {
  return cabinet.change(async (change) => {
    const waiting = ((await change.all('outbox')) as Action[]).sort((one, other) => one.sequence - other.sequence);
    if (waiting.length === 0) return null;
    const meta = await metaIn(change, moment);
    const rest = waiting.slice(mostInBatch);
    return {
      store: meta.store,
      clock_at: new Date(moment.now).toISOString(),
      waiting: rest.length,
      oldest_at: rest[0]?.clock_at ?? null,
      actions: waiting.slice(0, mostInBatch),
    };
  });
}

/** Takes out what the server settled; gives how many that were. */
export function settle(cabinet: Cabinet, batch: Batch, outcomes: Outcome[]): Promise<number> {
  return cabinet.change(async (change) => {
    let settled = 0;
    for (const action of batch.actions) {
      const outcome = outcomes.find((one) => one.id === action.id);
      if (!outcome) continue;
      settled += 1;
      await change.remove('outbox', action.sequence);
      const done = (await change.get('done', action.sequence)) as Done | undefined;
      if (outcome.outcome !== 'refused' && !done) continue;
      await change.put('done', action.sequence, afterOutcome(done, action, outcome));
    }
    await forgetOld(change);
    return settled;
  });
}

function afterOutcome(done: Done | undefined, action: Action, outcome: Outcome): Done {
  const start: Done = done ?? { action, state: 'waiting', detail: '', undone_by: null, dismissed: false };
  if (outcome.outcome !== 'refused') {
    return { ...start, state: 'booked', ...(outcome.remark ? { remark: outcome.remark } : {}) };
  }
  const details = [outcome.detail, ...(outcome.errors ?? []).map((error) => error.detail)];
  return { ...start, state: 'refused', detail: [...new Set(details)].filter(Boolean).join(' ') || (outcome.code ?? '') };
}

export function dismiss(cabinet: Cabinet, sequence: number): Promise<void> {
  return cabinet.change(async (change) => {
    const done = (await change.get('done', sequence)) as Done | undefined;
    if (done) await change.put('done', sequence, { ...done, dismissed: true });
    await forgetOld(change);
  });
}

/** Newest first. */
export function readDone(cabinet: Cabinet): Promise<Done[]> {
  return cabinet.change(async (change) => ((await change.all('done')) as Done[]).sort(byNumberDown));
}

export function readWaiting(cabinet: Cabinet): Promise<Action[]> {
  return cabinet.change(async (change) =>
    ((await change.all('outbox')) as Action[]).sort((one, other) => one.sequence - other.sequence),
  );
}
