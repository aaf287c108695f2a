// SPDX-License-Identifier: EUPL-1.2
declare module 'virtual:island-texts' {
  type Texts = Record<
    | 'day.one_new'
    | 'day.some_new'
    | 'scale_state.moving'
    | 'scale_state.over'
    | 'scale_state.silent'
    | 'scale_state.still'
    | 'scale_state.under'
    | 'scale_state.unreadable'
    | 'scales.sent'
    | 'scales.sent_nothing'
    | 'weight.ambiguous'
    | 'weight.not_a_mass'
    | 'weight.nothing'
    | 'weight.understood'
    | 'weight.unsure',
    string
  >;
  export const texts: { nl: Texts; en: Texts };
}
