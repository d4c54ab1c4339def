import { Emitter } from '../emitter.js';
import type { Batch, DesignFrame, EndFrame, Operation, SubmitResult } from '../protocol/design.js';
import type { QueueStorage } from '../storage/queueStorage.js';
import { DesignStore, type Settlement } from '../store.js';
import { defaultBackoff, systemClock, type BackoffOptions, type Clock } from './clock.js';
import type { HubConnection } from './hub.js';
import type { Link } from './link.js';
import { Saver } from './saver.js';
import { Submitter } from './submitter.js';
import { Watch } from './watch.js';

/** The hub takes messages up to 256 KiB; the rest is for order keys that are added and what surrounds the batch. */
const MOST_BATCH_BYTES = 224 * 1024;

export type DesignStatus =
  /** No stream at the moment. Edits show at once, are queued, and are sent when there is one. */
  | { readonly state: 'offline' }
  /** Following the server. */
  | { readonly state: 'live' }
  /** The server will not serve this design any more, for instance `forbidden` or `deleted`. The queue is kept. */
  | { readonly state: 'ended'; readonly code: string }
  | { readonly state: 'closed' };

/** A local edit on its way. */
export interface Edit {
  readonly batchId: string;
  /**
   * What the server answered, however often the connection was lost in between. A refused edit has
   * been taken back. Rejects with `SessionClosedError` when the session is closed first; the batch
   * stays in storage then and is sent by the next session.
   */
  readonly result: Promise<SubmitResult>;
}

export class SessionClosedError extends Error {
  override readonly name = 'SessionClosedError';
}

/** What waiting for a design rejects with, when the server has ended it for this user. */
export class DesignEndedError extends Error {
  override readonly name = 'DesignEndedError';
  readonly code: string;

  constructor(code: string) {
    super(`The server ended the design: ${code}.`);
    this.code = code;
  }
}

/** Thrown by an edit that would not fit into one message to the server. */
export class BatchTooLargeError extends Error {
  override readonly name = 'BatchTooLargeError';
}

export interface DesignSessionOptions {
  readonly designId: string;
  readonly link: Link;
  readonly storage: QueueStorage;
  /** Names this design and user in the storage; one user's edits must never be sent as another's. */
  readonly storageKey: string;
  readonly clock?: Clock;
  readonly backoff?: BackoffOptions;
  /** Longest time in milliseconds that a committed change may go unsaved; a shorter one costs more writing. */
  readonly saveDelay?: number;
  /** Told when storage fails. Editing goes on, but a reload would lose what is pending. */
  readonly onStorageError?: (error: unknown) => void;
}

interface Waiter {
  readonly resolve: (result: SubmitResult) => void;
  readonly reject: (error: Error) => void;
}

/** One design that is kept in step with the server: its store, stream, queue of edits and storage. */
export class DesignSession {
  readonly designId: string;
  /** The design as the user sees it; read and subscribe here. */
  readonly store: DesignStore;
  readonly #saver: Saver;
  readonly #submitter: Submitter;
  readonly #watch: Watch<DesignFrame>;
  readonly #waiters = new Map<string, Waiter>();
  readonly #statusChanged = new Emitter();
  readonly #progress = new Emitter();
  readonly #removeFlushTrigger: () => void;
  #status: DesignStatus = { state: 'offline' };
  #connection: HubConnection | null = null;

  /** Reads what an earlier session left in the storage, then follows the server from there. */
  static async open(options: DesignSessionOptions): Promise<DesignSession> {
    const store = new DesignStore();
    try {
      const { document, pending } = await options.storage.load(options.storageKey);
      store.restore(document, pending);
    } catch (error) {
      options.onStorageError?.(error);
    }
    return new DesignSession(options, store);
  }

  private constructor(options: DesignSessionOptions, store: DesignStore) {
    const { designId, link, storage, storageKey: key, clock = systemClock, backoff = defaultBackoff } = options;
    this.designId = designId;
    this.store = store;
    this.#saver = new Saver({
      storage, key, clock, delay: options.saveDelay ?? 2_000,
      document: () => store.committed,
      failed: (error) => options.onStorageError?.(error),
    });
    this.#submitter = new Submitter({ designId, store, clock, backoff, renew: (connection) => link.renew(connection) });
    store.onSettled((settlement) => this.#settle(settlement));
    store.onRewritten((batch) => this.#saver.put(batch));
    this.#removeFlushTrigger = onPageHidden(() => void this.#saver.flush());
    this.#watch = new Watch<DesignFrame>({
      link, clock, backoff, method: 'WatchDesign',
      args: () => [designId, store.position],
      frame: (frame, connection) => this.#receive(frame as Exclude<DesignFrame, EndFrame>, connection),
      interrupted: () => this.#offline({ state: 'offline' }),
      ended: (code) => this.#offline({ state: 'ended', code }),
    });
  }

  readonly getStatus = (): DesignStatus => this.#status;

  readonly subscribeStatus = (listener: () => void): (() => void) => this.#statusChanged.subscribe(listener);

  /**
   * Applies operations as one atomic batch: at once here, and on the server as soon as possible.
   * @throws DesignNotLoadedError before the first state, see `whenLoaded`.
   * @throws BatchTooLargeError when the batch is over 224 KiB of JSON; nothing is applied then.
   */
  edit(operations: readonly Operation[]): Edit {
    if (this.#status.state === 'closed') throw new SessionClosedError('The session is closed.');
    assertFits(operations);
    const batch = this.store.edit(operations);
    const { batchId } = batch;
    this.#saver.put(batch);
    const result = new Promise<SubmitResult>((resolve, reject) => this.#waiters.set(batchId, { resolve, reject }));
    // An editor seldom waits for a result; that nobody does is no error.
    result.catch(() => undefined);
    this.#submitter.add(batchId);
    return { batchId, result };
  }

  /** Takes back the user's last batch on the server. Needs a connection: without one it is refused as `offline`. */
  undo(): Promise<SubmitResult> {
    return this.#command('Undo');
  }

  /** Does again what was last taken back. Needs a connection, like `undo`. */
  redo(): Promise<SubmitResult> {
    return this.#command('Redo');
  }

  /** Resolves when there is a first state to show and edit, from storage or from the server. */
  whenLoaded(): Promise<void> {
    return this.#until(() => this.store.getSnapshot() !== null);
  }

  /** Resolves when the server has everything and the committed document holds it. */
  whenSettled(): Promise<void> {
    return this.#until(() => this.store.pendingCount === 0 && this.store.position !== null);
  }

  /** Resolves when the stream runs. */
  whenLive(): Promise<void> {
    return this.#until(() => this.#status.state === 'live');
  }

  /** Stops following and saves; resolves when all is written. What is pending is sent by the next session. */
  async close(): Promise<void> {
    this.#watch.close();
    this.#offline({ state: 'closed' });
    this.#removeFlushTrigger();
    for (const waiter of this.#waiters.values()) waiter.reject(new SessionClosedError('The session was closed.'));
    this.#waiters.clear();
    await this.#saver.flush();
  }

  #receive(frame: Exclude<DesignFrame, EndFrame>, connection: HubConnection): boolean {
    const contiguous = this.store.receive(frame);
    this.#saver.documentChanged();
    if (contiguous && (this.#status.state !== 'live' || frame.kind === 'snapshot')) {
      this.#connection = connection;
      this.#submitter.resume(connection);
      this.#setStatus({ state: 'live' });
    }
    this.#progress.emit();
    return contiguous;
  }

  #offline(status: DesignStatus): void {
    this.#connection = null;
    this.#submitter.suspend();
    this.#setStatus(status);
  }

  #settle(settlement: Settlement): void {
    const { batchId } = settlement.batch;
    this.#saver.remove(batchId);
    const waiter = this.#waiters.get(batchId);
    this.#waiters.delete(batchId);
    waiter?.resolve('refused' in settlement ? { status: 'refused', error: settlement.refused } : settlement.result);
    this.#progress.emit();
  }

  async #command(method: 'Undo' | 'Redo'): Promise<SubmitResult> {
    // The server takes back what it has; what is still on its way must get there first.
    await this.#until(() => this.#connection === null || this.store.unacknowledged.length === 0);
    const connection = this.#connection;
    if (connection === null) return refused('offline', 'There is no connection to the server.', true);
    try {
      return await connection.invoke<SubmitResult>(method, this.designId);
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      // Repeating by itself could take back one batch more than was asked for.
      return refused('connection_lost', `Whether it happened is not known: ${detail}`, false);
    }
  }

  #until(condition: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const check = (): void => {
        const status = this.#status;
        const error = condition() ? null
          : status.state === 'closed' ? new SessionClosedError('The session was closed.')
          : status.state === 'ended' ? new DesignEndedError(status.code)
          : undefined;
        if (error === undefined) return;
        for (const unsubscribe of leave) unsubscribe();
        if (error === null) resolve();
        else reject(error);
      };
      const leave = [this.#progress.subscribe(check), this.#statusChanged.subscribe(check)];
      check();
    });
  }

  #setStatus(status: DesignStatus): void {
    const before = this.#status;
    if (before.state === status.state || before.state === 'closed' || (before.state === 'ended' && status.state !== 'closed')) return;
    this.#status = status;
    this.#statusChanged.emit();
  }
}

function refused(code: string, detail: string, retryable: boolean): SubmitResult {
  return { status: 'refused', error: { code, detail, retryable } };
}

function assertFits(operations: Batch['operations']): void {
  const text = JSON.stringify(operations);
  // A UTF-16 unit takes at most three bytes of UTF-8, so most batches need no counting.
  if (text.length * 3 <= MOST_BATCH_BYTES) return;
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > MOST_BATCH_BYTES) {
    throw new BatchTooLargeError(`The batch has ${bytes} bytes, and one may have ${MOST_BATCH_BYTES}. Split it.`);
  }
}

function onPageHidden(run: () => void): () => void {
  if (typeof document === 'undefined') return () => undefined;
  const listener = (): void => {
    if (document.visibilityState === 'hidden') run();
  };
  document.addEventListener('visibilitychange', listener);
  return () => document.removeEventListener('visibilitychange', listener);
}
