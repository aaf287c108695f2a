// SPDX-License-Identifier: EUPL-1.2
declare module 'virtual:island-texts' {
  type Texts = Record<
    'day.one_new' | 'day.some_new' | 'weight.not_a_mass' | 'weight.nothing' | 'weight.understood' | 'weight.unsure',
    string
  >;
  export const texts: { nl: Texts; en: Texts };
}
