import { createHash } from 'node:crypto';
import { appendFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Batch, DesignDocument } from '../protocol/design.js';
import type { QueueStorage, StoredDesign } from '../storage/queueStorage.js';

type Line = { readonly put: Batch } | { readonly remove: readonly string[] };

/**
 * Keeps designs in files of one folder: per key a document, replaced whole, and a log of the queue,
 * one JSON line for each change. One process at a time may use a key.
 */
export class FileStorage implements QueueStorage {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async load(key: string): Promise<StoredDesign> {
    await mkdir(this.#folder, { recursive: true });
    const document = await readOrNull(this.#path(key, 'document.json'));
    const log = (await readOrNull(this.#path(key, 'queue.jsonl'))) ?? '';
    const batches = new Map<string, Batch>();
    const lines = log.split('\n');
    // Without its newline the last line was cut off by a crash, and what it would have said was never acknowledged.
    lines.pop();
    for (const text of lines) {
      const line = JSON.parse(text) as Line;
      if ('put' in line) batches.set(line.put.batchId, line.put);
      else for (const id of line.remove) batches.delete(id);
    }
    const pending = [...batches.values()];
    await this.#replace(this.#path(key, 'queue.jsonl'), pending.map((put) => toLine({ put })).join(''));
    return { document: document === null ? null : (JSON.parse(document) as DesignDocument), pending };
  }

  async saveDocument(key: string, document: DesignDocument): Promise<void> {
    await this.#replace(this.#path(key, 'document.json'), JSON.stringify(document));
  }

  async putBatch(key: string, batch: Batch): Promise<void> {
    await appendFile(this.#path(key, 'queue.jsonl'), toLine({ put: batch }));
  }

  async removeBatches(key: string, batchIds: readonly string[]): Promise<void> {
    await appendFile(this.#path(key, 'queue.jsonl'), toLine({ remove: batchIds }));
  }

  async clear(key: string): Promise<void> {
    await rm(this.#path(key, 'document.json'), { force: true });
    await rm(this.#path(key, 'queue.jsonl'), { force: true });
  }

  /** Writes beside and renames, so that a crash leaves the old content or the new. */
  async #replace(path: string, content: string): Promise<void> {
    await writeFile(`${path}.new`, content);
    await rename(`${path}.new`, path);
  }

  #path(key: string, suffix: string): string {
    // Keys hold characters that file systems do not take.
    return join(this.#folder, `${createHash('sha256').update(key).digest('hex').slice(0, 32)}.${suffix}`);
  }
}

function toLine(line: Line): string {
  return `${JSON.stringify(line)}\n`;
}

async function readOrNull(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
