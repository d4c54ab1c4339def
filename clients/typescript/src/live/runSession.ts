import { Emitter } from '../emitter.js';
import type { EndFrame } from '../protocol/design.js';
import type { Run, RunEvent, RunFrame } from '../protocol/runs.js';
import { defaultBackoff, systemClock, type BackoffOptions, type Clock } from './clock.js';
import type { Link } from './link.js';
import { Watch } from './watch.js';

/** A run that is watched, as one immutable value. */
export interface RunState {
  readonly live: boolean;
  /** Why the stream ended: the run's last status, or why this user sees no more of it. Null while it goes on. */
  readonly ended: string | null;
  /** Null before the first state. */
  readonly run: Run | null;
  /** The newest events, oldest first. */
  readonly events: readonly RunEvent[];
}

export interface RunSessionOptions {
  readonly link: Link;
  readonly runId: string;
  /** Events that are kept; 1,000 by default. */
  readonly history?: number;
  readonly clock?: Clock;
  readonly backoff?: BackoffOptions;
}

/** Follows a run: its newest state, and every event once, those included that happened before or while away. */
export class RunSession {
  readonly runId: string;
  readonly #watch: Watch<RunFrame>;
  readonly #changed = new Emitter();
  readonly #happened = new Emitter<[RunEvent]>();
  readonly #history: number;
  #state: RunState = { live: false, ended: null, run: null, events: [] };
  #sequence = 0;

  constructor({ link, runId, history = 1_000, clock = systemClock, backoff = defaultBackoff }: RunSessionOptions) {
    this.runId = runId;
    this.#history = history;
    this.#watch = new Watch<RunFrame>({
      link, clock, backoff, method: 'WatchRun',
      args: () => [runId, this.#sequence],
      frame: (frame) => this.#receive(frame as Exclude<RunFrame, EndFrame>),
      interrupted: () => this.#set({ live: false }),
      ended: (code) => this.#set({ live: false, ended: code }),
    });
  }

  readonly getSnapshot = (): RunState => this.#state;

  /** Calls `listener` after each change of the snapshot. Fits `useSyncExternalStore`. */
  readonly subscribe = (listener: () => void): (() => void) => this.#changed.subscribe(listener);

  /** Calls `listener` with each event, once and in order. */
  readonly onEvent = (listener: (event: RunEvent) => void): (() => void) => this.#happened.subscribe(listener);

  close(): void {
    this.#watch.close();
    this.#set({ live: false });
  }

  #receive(frame: Exclude<RunFrame, EndFrame>): boolean {
    switch (frame.kind) {
      case 'state':
        this.#set({ live: true, run: frame.run });
        return true;
      case 'events': {
        const first = frame.sequence - frame.events.length;
        if (first > this.#sequence) return false;
        const fresh = frame.events.slice(this.#sequence - first);
        this.#sequence = Math.max(this.#sequence, frame.sequence);
        this.#set({ live: true, events: [...this.#state.events, ...fresh].slice(-this.#history) });
        for (const event of fresh) this.#happened.emit(event);
        return true;
      }
      default:
        // A newer server may tell of more than this version knows.
        frame satisfies never;
        return true;
    }
  }

  #set(change: Partial<RunState>): void {
    this.#state = { ...this.#state, ...change };
    this.#changed.emit();
  }
}
