// SPDX-License-Identifier: EUPL-1.2
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

type Tokens = Map<string, string>;

function tokensIn(block: string): Tokens {
  return new Map([...block.matchAll(/(--kw-[\w-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [name, value]));
}

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
/** What stands between the braces after `selector`. */
function blockOf(selector: string): string {
  const start = css.indexOf(selector + ' {');
  expect(start, selector).toBeGreaterThanOrEqual(0);
  return css.slice(css.indexOf('{', start) + 1, css.indexOf('}', start));
}
const light = tokensIn(blockOf(':root'));
const darkByWish = tokensIn(blockOf(':root:not([data-theme="light"])'));
const darkByChoice = tokensIn(blockOf(':root[data-theme="dark"]'));
const dark = new Map([...light, ...darkByWish]);

function luminance(hex: string): number {
  const channel = (at: number): number => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

/** The contrast of WCAG 2.2 between two tokens. */
function contrast(theme: Tokens, one: string, other: string): number {
  const [a, b] = [one, other].map((name) => luminance(theme.get(`--kw-${name}`) ?? 'missing'));
  return (Math.max(a ?? 0, b ?? 0) + 0.05) / (Math.min(a ?? 0, b ?? 0) + 0.05);
}

const text: [string, string][] = [
  ...['page', 'surface', 'sunk', 'brand-tint', 'yellow-tint'].flatMap((ground): [string, string][] => [
    ['ink', ground],
    ['ink-soft', ground],
  ]),
  ...['page', 'surface', 'sunk'].map((ground): [string, string] => ['link', ground]),
  ['visited', 'surface'],
  ['on-brand', 'brand'],
  ['on-brand', 'brand-hover'],
  ['brand', 'brand-tint'],
  ['on-yellow', 'yellow'],
  ['on-yellow', 'yellow-hover'],
  ...['ok', 'wait', 'stop', 'info'].flatMap((state): [string, string][] => [
    [`${state}-text`, `${state}-bg`],
    [`${state}-text`, 'surface'],
  ]),
  ['on-stop', 'stop-solid'],
  ['band-text', 'band'],
  ['band-soft', 'band'],
  ['yellow', 'band'],
];
const shapes: [string, string][] = [
  ...['page', 'surface', 'sunk'].map((ground): [string, string] => ['line-strong', ground]),
  ['focus-ring', 'page'],
  ['focus-ring', 'focus-gap'],
  ...['sold', 'given', 'workshop', 'parts', 'sent', 'recycled', 'energy', 'disposed', 'unexplained', 'stock'].map(
    (place): [string, string] => [`place-${place}`, 'surface'],
  ),
];

describe('tokens', () => {
  it('are the same whether dark was wished or chosen', () => {
    expect([...darkByChoice]).toEqual([...darkByWish]);
  });

  it('have a dark value for every colour', () => {
    const colours = [...light.keys()].filter((name) => light.get(name)?.startsWith('#'));
    expect(colours.filter((name) => !darkByWish.has(name))).toEqual([]);
  });

  describe.each([['light', light], ['dark', dark]] as const)('%s', (_name, theme) => {
    it.each(text)('%s can be read on %s', (one, other) => {
      expect(contrast(theme, one, other)).toBeGreaterThanOrEqual(4.5);
    });
    it.each(shapes)('%s can be told from %s', (one, other) => {
      expect(contrast(theme, one, other)).toBeGreaterThanOrEqual(3);
    });
  });
});

it('uses no token that does not exist, and no colour beside the tokens', () => {
  const site = readFileSync(new URL('./site.css', import.meta.url), 'utf8');
  const local = new Set(['--kw-place']);
  const used = [...site.matchAll(/var\((--kw-[\w-]+)/g)].map(([, name = '']) => name);
  expect(used.filter((name) => !light.has(name) && !local.has(name))).toEqual([]);
  const rules = site.replace(/--kw-focus-(ring|gap): #[0-9A-F]{6};/g, '');
  expect(rules.match(/#[0-9a-fA-F]{3,8}\b/g)).toBeNull();
});
