import { Emitter } from '../emitter.js';
import { Backoff, defaultBackoff, systemClock, type BackoffOptions, type Clock } from './clock.js';
import { SignInRequiredError, type HubConnection, type HubConnector } from './hub.js';

export type LinkStatus = 'connecting' | 'connected' | 'waiting' | 'signed-out' | 'closed';

/** Something that lives on the connection and is started again on each new one. */
export interface LinkUser {
  connected(connection: HubConnection): void;
  disconnected(): void;
}

export interface LinkOptions {
  readonly connect: HubConnector;
  readonly clock?: Clock;
  readonly backoff?: BackoffOptions;
}

/** A connection has to last this long, in milliseconds, before a loss of it is retried without delay growing. */
const STABLE_AFTER = 5_000;

/**
 * Keeps one connection to the hub open for as long as anyone uses it: connects, notices a loss,
 * waits with backoff and jitter, connects again. It restores nothing; its users do that by
 * naming the position they have.
 */
export class Link {
  readonly #connect: HubConnector;
  readonly #clock: Clock;
  readonly #backoff: Backoff;
  readonly #users = new Set<LinkUser>();
  readonly #changed = new Emitter();
  #status: LinkStatus = 'waiting';
  #connection: HubConnection | null = null;
  #cancelWait: (() => void) | null = null;
  #connectedAt = 0;

  constructor({ connect, clock = systemClock, backoff = defaultBackoff }: LinkOptions) {
    this.#connect = connect;
    this.#clock = clock;
    this.#backoff = new Backoff(clock, backoff);
    // A browser knows when the network is back; waiting out a long delay then would only annoy.
    if (typeof addEventListener === 'function') addEventListener('online', this.retryNow);
  }

  readonly getStatus = (): LinkStatus => this.#status;

  readonly subscribe = (listener: () => void): (() => void) => this.#changed.subscribe(listener);

  /** Adds a user, and connects if it is the first. Returns the function that takes it away again. */
  use(user: LinkUser): () => void {
    if (this.#status === 'closed') throw new Error('The client is closed.');
    this.#users.add(user);
    if (this.#connection !== null) user.connected(this.#connection);
    else if (this.#status === 'waiting' && this.#cancelWait === null) this.#open();
    return () => void this.#users.delete(user);
  }

  /** Connects at once instead of waiting for the next attempt; after signing in, also from `signed-out`. */
  readonly retryNow = (): void => {
    if (this.#connection !== null || this.#status === 'connecting' || this.#status === 'closed' || this.#users.size === 0) return;
    this.#backoff.reset();
    this.#open();
  };

  /** Gives up a connection whose token is no longer good; the next one is made with a fresh token. */
  renew(connection: HubConnection): void {
    if (this.#connection === connection) void connection.close();
  }

  /** Drops the connection, and does not connect again. */
  async close(): Promise<void> {
    this.#cancelWait?.();
    this.#cancelWait = null;
    if (typeof removeEventListener === 'function') removeEventListener('online', this.retryNow);
    const connection = this.#connection;
    this.#lost(connection, 'closed');
    await connection?.close();
  }

  #open(): void {
    this.#cancelWait?.();
    this.#cancelWait = null;
    this.#setStatus('connecting');
    this.#connect().then(
      (connection) => this.#opened(connection),
      (error: unknown) => {
        if (this.#status !== 'connecting') return;
        if (error instanceof SignInRequiredError) this.#setStatus('signed-out');
        else this.#wait();
      },
    );
  }

  #opened(connection: HubConnection): void {
    if (this.#status !== 'connecting') {
      void connection.close();
      return;
    }
    this.#connection = connection;
    this.#connectedAt = this.#clock.now();
    this.#setStatus('connected');
    connection.onClosed(() => {
      if (this.#connection !== connection) return;
      if (this.#clock.now() - this.#connectedAt >= STABLE_AFTER) this.#backoff.reset();
      this.#lost(connection, 'waiting');
      this.#wait();
    });
    for (const user of [...this.#users]) {
      if (this.#connection === connection) user.connected(connection);
    }
  }

  #wait(): void {
    this.#setStatus('waiting');
    this.#cancelWait = this.#clock.after(this.#backoff.next(), () => {
      this.#cancelWait = null;
      if (this.#users.size > 0) this.#open();
    });
  }

  #lost(connection: HubConnection | null, status: LinkStatus): void {
    this.#connection = null;
    this.#setStatus(status);
    if (connection !== null) for (const user of [...this.#users]) user.disconnected();
  }

  #setStatus(status: LinkStatus): void {
    if (this.#status === status) return;
    this.#status = status;
    this.#changed.emit();
  }
}
