import type { Batch, DesignDocument } from '../protocol/design.js';

/** What is kept of one design between two runs of the program. */
export interface StoredDesign {
  /** The newest committed document that was saved, or null. */
  readonly document: DesignDocument | null;
  /** Batches not known to be committed, in the order they were made. */
  readonly pending: readonly Batch[];
}

/**
 * Where pending batches and the last committed document survive a reload. A key stands for one
 * design of one user. Calls for one key are never made at the same time by one session.
 *
 * Losing what was stored last is harmless to consistency: a batch sent twice is committed once, and an
 * old document is caught up with. What was stored must come back whole or not at all.
 */
export interface QueueStorage {
  load(key: string): Promise<StoredDesign>;
  saveDocument(key: string, document: DesignDocument): Promise<void>;
  /** Adds a batch, or replaces the one with its id, which keeps its place. */
  putBatch(key: string, batch: Batch): Promise<void>;
  removeBatches(key: string, batchIds: readonly string[]): Promise<void>;
  /** Forgets everything under a key. */
  clear(key: string): Promise<void>;
}

/** Keeps everything in memory: for tests, and where nothing needs to survive. */
export class MemoryStorage implements QueueStorage {
  readonly #designs = new Map<string, { document: DesignDocument | null; batches: Map<string, Batch> }>();

  load(key: string): Promise<StoredDesign> {
    const { document, batches } = this.#design(key);
    return Promise.resolve({ document, pending: [...batches.values()] });
  }

  saveDocument(key: string, document: DesignDocument): Promise<void> {
    this.#design(key).document = document;
    return Promise.resolve();
  }

  putBatch(key: string, batch: Batch): Promise<void> {
    this.#design(key).batches.set(batch.batchId, batch);
    return Promise.resolve();
  }

  removeBatches(key: string, batchIds: readonly string[]): Promise<void> {
    for (const id of batchIds) this.#design(key).batches.delete(id);
    return Promise.resolve();
  }

  clear(key: string): Promise<void> {
    this.#designs.delete(key);
    return Promise.resolve();
  }

  #design(key: string): { document: DesignDocument | null; batches: Map<string, Batch> } {
    const design = this.#designs.get(key) ?? { document: null, batches: new Map<string, Batch>() };
    this.#designs.set(key, design);
    return design;
  }
}
