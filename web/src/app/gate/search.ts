// SPDX-License-Identifier: EUPL-1.2
// Finding a category by its name in either language, with or without accents.
import type { Category } from '../base/counter_set';

export function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{Mn}/gu, '').toLowerCase().trim();
}

/** 0 begins with it, 1 a word begins with it, 2 it is somewhere inside, null not at all. */
function rank(name: string, words: string): number | null {
  const text = plain(name);
  if (text.startsWith(words)) return 0;
  if (text.includes(` ${words}`)) return 1;
  return text.includes(words) ? 2 : null;
}

/** At most `most`, best first; equal ones keep the order of the set. */
export function findCategories(categories: Category[], typed: string, most = 12): Category[] {
  const words = plain(typed);
  if (words === '') return [];
  const found = categories.flatMap((category, order) => {
    const ranks = [category.name_nl, category.name_en].map((name) => rank(name, words)).filter((one) => one !== null);
    return ranks.length === 0 ? [] : [{ category, order, rank: Math.min(...ranks) }];
  });
  found.sort((one, other) => one.rank - other.rank || one.order - other.order);
  return found.slice(0, most).map(({ category }) => category);
}
