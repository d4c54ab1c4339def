import type { SubmitResult } from '../protocol/design.js';
import type { DesignStore } from '../store.js';
import { Backoff, type BackoffOptions, type Clock } from './clock.js';
import { isAboutToken, type HubConnection } from './hub.js';

/** Batches in flight at once. More would not make the queue drain faster, only fill buffers. */
const WINDOW = 64;

/** Failed calls after which a batch is given up, so that one the server cannot digest does not hold up all that follow. */
const MOST_FAILURES = 8;

export interface SubmitterOptions {
  readonly designId: string;
  readonly store: DesignStore;
  readonly clock: Clock;
  readonly backoff: BackoffOptions;
  /** Gives up a connection whose token is no longer good. */
  renew(connection: HubConnection): void;
}

/**
 * Sends a store's pending batches in the order they were made, many in flight at once. What was not
 * answered is sent again under the same id, in the same order, so that the server commits each once.
 */
export class Submitter {
  readonly #options: SubmitterOptions;
  readonly #backoff: Backoff;
  readonly #inFlight = new Map<string, HubConnection>();
  readonly #failures = new Map<string, number>();
  #connection: HubConnection | null = null;
  #queue: string[] = [];
  #next = 0;
  /** After a failure nothing is sent until all is answered and the delay is over; else later batches would overtake. */
  #held = false;
  #cancelWait: (() => void) | null = null;

  constructor(options: SubmitterOptions) {
    this.#options = options;
    this.#backoff = new Backoff(options.clock, options.backoff);
  }

  /** Starts, or starts again, with everything that is unanswered. */
  resume(connection: HubConnection): void {
    if (this.#connection !== connection) {
      // What was in flight on an older connection will not be answered there.
      for (const [batchId, on] of this.#inFlight) if (on !== connection) this.#inFlight.delete(batchId);
      this.#connection = connection;
      this.#release();
    }
    this.#refill();
  }

  /** Sends nothing until `resume`; answers to what is in flight are still taken. */
  suspend(): void {
    this.#connection = null;
    this.#queue = [];
    this.#next = 0;
    this.#release();
  }

  /** Takes note of a batch that was just made. */
  add(batchId: string): void {
    if (this.#connection === null) return;
    this.#queue.push(batchId);
    this.#pump();
  }

  #refill(): void {
    this.#queue = this.#options.store.unacknowledged.map((batch) => batch.batchId).filter((id) => !this.#inFlight.has(id));
    this.#next = 0;
    this.#pump();
  }

  #pump(): void {
    while (this.#connection !== null && !this.#held && this.#inFlight.size < WINDOW) {
      const batchId = this.#queue[this.#next++];
      if (batchId === undefined) {
        this.#queue = [];
        this.#next = 0;
        return;
      }
      this.#send(batchId, this.#connection);
    }
  }

  #send(batchId: string, connection: HubConnection): void {
    const { store, designId } = this.#options;
    const batch = store.getUnacknowledged(batchId);
    if (batch === undefined) return;
    store.markSent(batchId);
    this.#inFlight.set(batchId, connection);
    connection.invoke<SubmitResult>('Submit', designId, batch).then(
      (result) => this.#answered(batchId, connection, result),
      (error: unknown) => this.#failed(batchId, connection, error),
    );
  }

  #answered(batchId: string, connection: HubConnection, result: SubmitResult): void {
    const current = this.#land(batchId, connection);
    if (result.status === 'committed') {
      this.#failures.delete(batchId);
      if (!this.#held) this.#backoff.reset();
      this.#options.store.acknowledge(batchId, result);
    } else if (isAboutToken(result.error.code)) {
      this.#options.renew(connection);
      return;
    } else if (result.error.retryable) {
      this.#held ||= current;
    } else if (!this.#held) {
      this.#failures.delete(batchId);
      this.#options.store.refuse(batchId, result.error);
    }
    // A refusal while held may only mean that an earlier batch is missing; it is heard again when all are sent again.
    if (current) this.#proceed();
  }

  /** The call itself failed. With the connection gone that is no news; otherwise the server could not handle the batch. */
  #failed(batchId: string, connection: HubConnection, error: unknown): void {
    if (!this.#land(batchId, connection)) return;
    const failures = (this.#failures.get(batchId) ?? 0) + 1;
    this.#failures.set(batchId, failures);
    if (failures >= MOST_FAILURES) {
      this.#failures.delete(batchId);
      const detail = error instanceof Error ? error.message : String(error);
      this.#options.store.refuse(batchId, { code: 'submit_failed', detail, retryable: false });
    }
    this.#held = true;
    this.#proceed();
  }

  /** Notes an answer; false when it came over a connection that is not the current one. */
  #land(batchId: string, connection: HubConnection): boolean {
    if (this.#inFlight.get(batchId) === connection) this.#inFlight.delete(batchId);
    return this.#connection === connection;
  }

  #proceed(): void {
    if (!this.#held) this.#pump();
    else if (this.#inFlight.size === 0 && this.#cancelWait === null) {
      this.#cancelWait = this.#options.clock.after(this.#backoff.next(), () => {
        this.#release();
        this.#refill();
      });
    }
  }

  #release(): void {
    this.#held = false;
    this.#cancelWait?.();
    this.#cancelWait = null;
  }
}
