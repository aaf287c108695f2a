// SPDX-License-Identifier: EUPL-1.2
// The cabinet for tests: one change at a time, and a change that fails leaves nothing behind.
import type { Cabinet, Change, Drawer } from './cabinet';

type Contents = Map<Drawer, Map<IDBValidKey, unknown>>;

function drawerOf(contents: Contents, drawer: Drawer): Map<IDBValidKey, unknown> {
  const found = contents.get(drawer) ?? new Map<IDBValidKey, unknown>();
  contents.set(drawer, found);
  return found;
}

/** Keys in the order of the browser's storage: numbers by size, texts by letter. */
function inOrder(drawer: Map<IDBValidKey, unknown>): unknown[] {
  return [...drawer.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, value]) => value);
}

function changeOf(contents: Contents): Change {
  return {
    get: async (drawer, key) => structuredClone(drawerOf(contents, drawer).get(key)),
    all: async (drawer) => structuredClone(inOrder(drawerOf(contents, drawer))),
    put: async (drawer, key, value) => void drawerOf(contents, drawer).set(key, structuredClone(value)),
    remove: async (drawer, key) => void drawerOf(contents, drawer).delete(key),
  };
}

export function cabinetInMemory(): Cabinet {
  let contents: Contents = new Map();
  let last: Promise<unknown> = Promise.resolve();
  return {
    change(work) {
      const run = async () => {
        const copy: Contents = structuredClone(contents);
        const result = await work(changeOf(copy));
        contents = copy;
        return result;
      };
      const next = last.then(run, run);
      last = next.catch(() => undefined);
      return next;
    },
  };
}
