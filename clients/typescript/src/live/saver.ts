import type { Batch, DesignDocument } from '../protocol/design.js';
import type { QueueStorage } from '../storage/queueStorage.js';
import type { Clock } from './clock.js';

export interface SaverOptions {
  readonly storage: QueueStorage;
  readonly key: string;
  readonly clock: Clock;
  /** Longest time in milliseconds that a committed change may go unsaved. */
  readonly delay: number;
  document(): DesignDocument | null;
  failed(error: unknown): void;
}

/**
 * Writes to storage, one call after the other. Batches are written at once; the document, whose cost
 * follows its size, once in a while.
 */
export class Saver {
  readonly #options: SaverOptions;
  #last: Promise<void> = Promise.resolve();
  #cancelSave: (() => void) | null = null;
  #removed: string[] = [];

  constructor(options: SaverOptions) {
    this.#options = options;
  }

  put(batch: Batch): void {
    const { storage, key } = this.#options;
    this.#run(() => storage.putBatch(key, batch));
  }

  /** Removes a batch. Removals that wait for one earlier write go together. */
  remove(batchId: string): void {
    this.#removed.push(batchId);
    if (this.#removed.length > 1) return;
    const { storage, key } = this.#options;
    this.#run(() => storage.removeBatches(key, this.#removed.splice(0)));
  }

  /** Lets the document be saved soon. */
  documentChanged(): void {
    this.#cancelSave ??= this.#options.clock.after(this.#options.delay, () => this.#saveDocument());
  }

  /** Writes everything that is due, and resolves when it is written. */
  async flush(): Promise<void> {
    if (this.#cancelSave !== null) this.#saveDocument();
    await this.#last;
  }

  #saveDocument(): void {
    this.#cancelSave?.();
    this.#cancelSave = null;
    const { storage, key, document } = this.#options;
    this.#run(async () => {
      const current = document();
      if (current !== null) await storage.saveDocument(key, current);
    });
  }

  #run(write: () => Promise<void>): void {
    this.#last = this.#last.then(write).catch((error: unknown) => this.#options.failed(error));
  }
}
