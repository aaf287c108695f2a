// SPDX-License-Identifier: EUPL-1.2
// A thin layer of promises over the storage of the browser. Tests have one in memory.

export type Drawer = 'set' | 'meta' | 'outbox' | 'done' | 'session';
const drawers: Drawer[] = ['set', 'meta', 'outbox', 'done', 'session'];

/** What can be done inside one change: all of it is kept, or nothing. */
export interface Change {
  get(drawer: Drawer, key: IDBValidKey): Promise<unknown>;
  all(drawer: Drawer): Promise<unknown[]>;
  put(drawer: Drawer, key: IDBValidKey, value: unknown): Promise<void>;
  remove(drawer: Drawer, key: IDBValidKey): Promise<void>;
}

export interface Cabinet {
  /** Runs `work` alone: no other change of any tab happens in between. It awaits nothing but the change. */
  change<Result>(work: (change: Change) => Promise<Result>): Promise<Result>;
}

function answerOf<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the storage gave no answer'));
  });
}

function endOf(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('the storage kept nothing'));
  });
}

function changeOf(transaction: IDBTransaction): Change {
  return {
    get: (drawer, key) => answerOf<unknown>(transaction.objectStore(drawer).get(key)),
    all: (drawer) => answerOf<unknown[]>(transaction.objectStore(drawer).getAll()),
    put: async (drawer, key, value) => void (await answerOf(transaction.objectStore(drawer).put(value, key))),
    remove: async (drawer, key) => void (await answerOf(transaction.objectStore(drawer).delete(key))),
  };
}

/** Strict: an action that the screen calls kept is on the disk, also when the power fails. */
function begin(database: IDBDatabase): IDBTransaction {
  return database.transaction(drawers, 'readwrite', { durability: 'strict' });
}

export async function openCabinet(): Promise<Cabinet> {
  const request = indexedDB.open('kringwerk', 1);
  request.onupgradeneeded = () => {
    for (const drawer of drawers) request.result.createObjectStore(drawer);
  };
  const database = await answerOf(request);
  database.onversionchange = () => database.close();
  return {
    async change(work) {
      const transaction = begin(database);
      const kept = endOf(transaction);
      try {
        const result = await work(changeOf(transaction));
        await kept;
        return result;
      } catch (trouble) {
        kept.catch(() => undefined);
        try {
          transaction.abort();
        } catch {
          // It was over already.
        }
        throw trouble;
      }
    },
  };
}
