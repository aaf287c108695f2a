// SPDX-License-Identifier: EUPL-1.2

/** Replaces each `{name}` of `text`; a hole without a value stays, so that a test can see it. */
export function fill(text: string, values: Record<string, string> = {}): string {
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => values[name] ?? hole);
}
