// SPDX-License-Identifier: EUPL-1.2
// One line of words for what was done.
import type { CounterSet } from '../base/counter_set';
import { nameOf, thingOf } from '../base/counter_set';
import { totalGrams } from '../gate/draft';
import type { Action } from '../outbox/actions';
import { exactMass, mass, nameOfCode, say, speech } from '../speech/say.svelte';

export function streamName(set: CounterSet, code: string): string {
  const stream = set.streams.find((one) => one.code === code);
  return stream ? nameOf(stream, speech.language) : code;
}

export function thingNames(set: CounterSet, lines: { stream: string; category?: number | null }[]): string {
  const name = (line: (typeof lines)[number]): string => {
    const thing = thingOf(set, line);
    return thing ? nameOf(thing, speech.language) : line.stream;
  };
  return [...new Set(lines.map(name))].join(', ');
}

export function describe(set: CounterSet, action: Action): string {
  switch (action.kind) {
    case 'gate-visit': return say('app.deed.visit', { mass: mass(totalGrams(action.body.lines)), what: thingNames(set, action.body.lines) });
    case 'gate-refusal': return say('app.deed.refusal', { reason: nameOfCode('refusal_reason', action.body.reason) });
    case 'gate-correction': return say('app.deed.correction', { mass: mass(totalGrams(action.body.lines)), what: thingNames(set, action.body.lines) });
    case 'gate-undo': return say('app.deed.undo');
    case 'ticket-open': return say('app.deed.ticket_open', { word: action.body.word, mass: exactMass(action.body.gross_g) });
    case 'ticket-complete': return say('app.deed.ticket_complete', { mass: exactMass(action.body.tare_g) });
    case 'ticket-void': return say('app.deed.ticket_void');
  }
}
