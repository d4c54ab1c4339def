import type { Batch, Clock, DesignFrame, HubConnection, HubConnector, Position, StreamObserver } from '../../src/index.js';
import type { ModelServer } from './modelServer.js';

/** A small seeded generator (mulberry32), so that a failing run can be run again. */
export function generator(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Things that happen one after the other. */
class Channel {
  readonly owner: string;
  readonly #busy: Set<Channel>;
  #events: (() => void)[] = [];
  #dead = false;

  constructor(owner: string, busy: Set<Channel>) {
    this.owner = owner;
    this.#busy = busy;
  }

  push(event: () => void): void {
    if (this.#dead) return;
    this.#events.push(event);
    this.#busy.add(this);
  }

  next(): void {
    const event = this.#events.shift();
    if (this.#events.length === 0) this.#busy.delete(this);
    event?.();
  }

  /** Forgets what has not happened yet, except the first `keep`. */
  cut(keep = 0): void {
    this.#events = this.#events.slice(0, keep);
    if (this.#events.length === 0) this.#busy.delete(this);
  }

  kill(): void {
    this.#dead = true;
    this.cut();
  }

  get length(): number {
    return this.#events.length;
  }
}

/**
 * A network and clock in which nothing happens until a step is taken, and then one thing that could
 * have happened next: a message arrives, a timer fires, a connection opens or fails. What one
 * connection sends in one direction stays in order; everything else may overtake.
 */
export class Simulation {
  /** Probability that an attempt to connect fails. */
  connectFailures = 0;
  readonly #server: ModelServer;
  readonly #random: () => number;
  readonly #connections = new Map<string, SimulatedConnection>();
  readonly #busy = new Set<Channel>();
  readonly #owned = new Map<string, Set<Channel>>();
  #now = 0;

  constructor(server: ModelServer, seed: number) {
    this.#server = server;
    this.#random = generator(seed);
  }

  get random(): () => number {
    return this.#random;
  }

  get idle(): boolean {
    return this.#busy.size === 0;
  }

  clock(owner: string): Clock {
    return {
      now: () => this.#now,
      random: this.#random,
      after: (_, run) => {
        const channel = this.channel(owner);
        channel.push(run);
        return () => channel.cut();
      },
    };
  }

  connector(owner: string): HubConnector {
    return () => new Promise((resolve, reject) => {
      this.channel(owner).push(() => {
        if (this.#random() < this.connectFailures) return reject(new Error('The network is down.'));
        const connection = new SimulatedConnection(this, this.#server, owner);
        this.#connections.set(owner, connection);
        resolve(connection);
      });
    });
  }

  channel(owner: string): Channel {
    const channel = new Channel(owner, this.#busy);
    const owned = this.#owned.get(owner) ?? new Set();
    this.#owned.set(owner, owned.add(channel));
    return channel;
  }

  /** Cuts a client's connection. What it had sent may still reach the server. */
  disconnect(owner: string): void {
    this.#connections.get(owner)?.cut(this.#random() < 0.5);
    this.#connections.delete(owner);
  }

  /** Ends a client's process: its connection is cut and none of its timers fires any more. */
  kill(owner: string): void {
    this.disconnect(owner);
    for (const channel of this.#owned.get(owner) ?? []) channel.kill();
    this.#owned.delete(owner);
  }

  /** Lets one thing happen, and everything that follows from it without waiting. */
  async step(): Promise<void> {
    this.#now += 10;
    [...this.#busy][Math.floor(this.#random() * this.#busy.size)]?.next();
    await settle();
  }

  async run(steps: number): Promise<void> {
    await settle();
    for (let i = 0; i < steps && !this.idle; i++) await this.step();
  }

  /** Runs until nothing is left to happen. */
  async finish(limit = 20_000): Promise<void> {
    await settle();
    for (let i = 0; !this.idle; i++) {
      if (i === limit) throw new Error('The simulation does not come to rest.');
      await this.step();
    }
  }
}

/** Lets all promises that can settle do so. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

class SimulatedConnection implements HubConnection {
  readonly #simulation: Simulation;
  readonly #server: ModelServer;
  readonly #author: string;
  readonly #up: Channel;
  readonly #answers: Channel;
  readonly #frames: Channel;
  readonly #closed: (() => void)[] = [];
  readonly #pending = new Set<(error: Error) => void>();
  readonly #streams = new Set<() => void>();
  #open = true;

  constructor(simulation: Simulation, server: ModelServer, owner: string) {
    this.#simulation = simulation;
    this.#server = server;
    this.#author = owner;
    // What is under way to the server outlives the client's process.
    this.#up = simulation.channel('network');
    this.#answers = simulation.channel(owner);
    this.#frames = simulation.channel(owner);
  }

  invoke<T>(method: string, ...args: unknown[]): Promise<T> {
    const sent = structuredClone(args);
    return new Promise((resolve, reject) => {
      if (!this.#open) return reject(new Error('Not connected.'));
      this.#pending.add(reject);
      this.#up.push(() => {
        const answer = method === 'Submit' ? this.#server.submit(this.#author, sent[1] as Batch) : this.#server.undo(this.#author);
        if (!this.#open) return;
        this.#answers.push(() => {
          if (this.#pending.delete(reject)) resolve(structuredClone(answer) as T);
        });
      });
    });
  }

  send(): Promise<void> {
    return Promise.resolve();
  }

  stream<T>(_: string, args: readonly unknown[], observer: StreamObserver<T>): () => void {
    let position = structuredClone(args[1]) as Position | null;
    let first = true;
    let queued = false;
    const wake = (): void => {
      if (queued || !this.#open) return;
      queued = true;
      this.#frames.push(() => {
        queued = false;
        const frame: DesignFrame | null = this.#server.frame(position, first);
        if (frame === null) return;
        first = false;
        const revision = frame.kind === 'snapshot' ? frame.revision : (frame.changes.at(-1)?.revision ?? position?.revision ?? 0);
        position = { epoch: this.#server.epoch, revision };
        observer.next(frame as T);
      });
    };
    this.#up.push(() => {
      if (!this.#open) return;
      this.#server.watchers.add(wake);
      this.#streams.add(wake);
      wake();
    });
    return () => {
      this.#server.watchers.delete(wake);
      this.#frames.cut();
    };
  }

  onClosed(listener: () => void): void {
    if (this.#open) this.#closed.push(listener);
    else listener();
  }

  close(): Promise<void> {
    this.cut(false);
    return Promise.resolve();
  }

  cut(lose: boolean): void {
    if (!this.#open) return;
    this.#open = false;
    for (const wake of this.#streams) this.#server.watchers.delete(wake);
    if (lose) this.#up.cut(Math.floor(this.#simulation.random() * (this.#up.length + 1)));
    this.#answers.cut();
    this.#frames.cut();
    for (const reject of this.#pending) reject(new Error('The connection was lost.'));
    this.#pending.clear();
    for (const listener of this.#closed.splice(0)) listener();
  }
}
