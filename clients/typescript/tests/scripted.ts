import type { Clock, HubConnection, HubConnector, StreamObserver } from '../src/index.js';

/** A call that waits for its answer. */
export interface PendingCall {
  readonly method: string;
  readonly args: readonly unknown[];
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** A stream that was asked for. */
export interface OpenStream {
  readonly method: string;
  readonly args: readonly unknown[];
  readonly observer: StreamObserver<unknown>;
  cancelled: boolean;
}

/** A connection whose other end is the test. */
export class ScriptedConnection implements HubConnection {
  readonly calls: PendingCall[] = [];
  readonly streams: OpenStream[] = [];
  readonly sent: { readonly method: string; readonly args: readonly unknown[] }[] = [];
  readonly #closed: (() => void)[] = [];

  invoke<T>(method: string, ...args: unknown[]): Promise<T> {
    return new Promise<T>((resolve, reject) => this.calls.push({ method, args, resolve: resolve as (value: unknown) => void, reject }));
  }

  send(method: string, ...args: unknown[]): Promise<void> {
    this.sent.push({ method, args });
    return Promise.resolve();
  }

  stream<T>(method: string, args: readonly unknown[], observer: StreamObserver<T>): () => void {
    const stream: OpenStream = { method, args, observer: observer as StreamObserver<unknown>, cancelled: false };
    this.streams.push(stream);
    return () => {
      stream.cancelled = true;
    };
  }

  onClosed(listener: () => void): void {
    this.#closed.push(listener);
  }

  close(): Promise<void> {
    this.drop();
    return Promise.resolve();
  }

  /** Loses the connection. */
  drop(): void {
    for (const call of this.calls) call.reject(new Error('The connection was lost.'));
    for (const listener of this.#closed.splice(0)) listener();
  }

  get lastStream(): OpenStream {
    const stream = this.streams.at(-1);
    if (stream === undefined) throw new Error('No stream was asked for.');
    return stream;
  }
}

/** A clock that stands still until the test moves it. */
export class ManualClock implements Clock {
  readonly delays: number[] = [];
  #now = 0;
  #timers: { readonly at: number; readonly run: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  random(): number {
    return 0.5;
  }

  after(delay: number, run: () => void): () => void {
    const timer = { at: this.#now + delay, run };
    this.delays.push(delay);
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Lets time pass; timers that come due run in order. */
  async advance(milliseconds: number): Promise<void> {
    const until = this.#now + milliseconds;
    await settle();
    for (;;) {
      const next = this.#timers.filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.#now = next.at;
      next.run();
      await settle();
    }
    this.#now = until;
    await settle();
  }
}

/** A connector that hands out scripted connections, or fails while `down`. */
export class ScriptedNetwork {
  readonly connections: ScriptedConnection[] = [];
  attempts = 0;
  down: Error | null = null;

  readonly connect: HubConnector = () => {
    this.attempts++;
    if (this.down !== null) return Promise.reject(this.down);
    const connection = new ScriptedConnection();
    this.connections.push(connection);
    return Promise.resolve(connection);
  };

  get current(): ScriptedConnection {
    const connection = this.connections.at(-1);
    if (connection === undefined) throw new Error('Nobody has connected.');
    return connection;
  }
}

/** Lets all promises that can settle do so. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
