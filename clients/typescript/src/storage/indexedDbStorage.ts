import type { Batch, DesignDocument } from '../protocol/design.js';
import type { QueueStorage, StoredDesign } from './queueStorage.js';

const DOCUMENTS = 'documents';
const BATCHES = 'batches';

interface StoredBatch {
  readonly key: string;
  readonly batchId: string;
  readonly batch: Batch;
}

/** Keeps designs in the browser's IndexedDB. Several tabs may share one database. */
export class IndexedDbStorage implements QueueStorage {
  readonly #name: string;
  #database: Promise<IDBDatabase> | null = null;

  constructor(name = 'actors') {
    this.#name = name;
  }

  async load(key: string): Promise<StoredDesign> {
    const transaction = await this.#transaction('readonly');
    const document = request<DesignDocument | undefined>(transaction.objectStore(DOCUMENTS).get(key));
    // The primary key counts up, so that the order of an index is the order in which batches were added.
    const rows = request<StoredBatch[]>(transaction.objectStore(BATCHES).index('key').getAll(key));
    return { document: (await document) ?? null, pending: (await rows).map((row) => row.batch) };
  }

  async saveDocument(key: string, document: DesignDocument): Promise<void> {
    const transaction = await this.#transaction('readwrite');
    transaction.objectStore(DOCUMENTS).put(document, key);
    await completion(transaction);
  }

  async putBatch(key: string, batch: Batch): Promise<void> {
    const transaction = await this.#transaction('readwrite');
    const store = transaction.objectStore(BATCHES);
    const row: StoredBatch = { key, batchId: batch.batchId, batch };
    const existing = store.index('batch').getKey([key, batch.batchId]);
    existing.onsuccess = () => {
      if (existing.result === undefined) store.add(row);
      else store.put(row, existing.result);
    };
    await completion(transaction);
  }

  async removeBatches(key: string, batchIds: readonly string[]): Promise<void> {
    const transaction = await this.#transaction('readwrite');
    const store = transaction.objectStore(BATCHES);
    for (const id of batchIds) deleteAll(store, store.index('batch').getAllKeys([key, id]));
    await completion(transaction);
  }

  async clear(key: string): Promise<void> {
    const transaction = await this.#transaction('readwrite');
    transaction.objectStore(DOCUMENTS).delete(key);
    const store = transaction.objectStore(BATCHES);
    deleteAll(store, store.index('key').getAllKeys(key));
    await completion(transaction);
  }

  async #transaction(mode: IDBTransactionMode): Promise<IDBTransaction> {
    this.#database ??= this.#open();
    try {
      return (await this.#database).transaction([DOCUMENTS, BATCHES], mode);
    } catch (error) {
      this.#database = null;
      throw error;
    }
  }

  async #open(): Promise<IDBDatabase> {
    const opening = indexedDB.open(this.#name, 1);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore(DOCUMENTS);
      const batches = opening.result.createObjectStore(BATCHES, { autoIncrement: true });
      batches.createIndex('key', 'key');
      batches.createIndex('batch', ['key', 'batchId'], { unique: true });
    };
    const database = await request(opening);
    // Another tab with a newer version must not wait for this one; and the browser may close it at any time.
    database.onversionchange = () => database.close();
    database.onclose = () => {
      this.#database = null;
    };
    return database;
  }
}

function deleteAll(store: IDBObjectStore, keys: IDBRequest<IDBValidKey[]>): void {
  keys.onsuccess = () => {
    for (const key of keys.result) store.delete(key);
  };
}

function request<T>(source: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    source.onsuccess = () => resolve(source.result);
    source.onerror = () => reject(source.error ?? new Error('The database request failed.'));
  });
}

function completion(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('The database transaction was aborted.'));
  });
}
