import { Emitter } from '../emitter.js';
import type { CommentsFrame, CommentThread, ThreadPage } from '../protocol/comments.js';
import { Backoff, defaultBackoff, systemClock, type BackoffOptions, type Clock } from './clock.js';
import type { RoomSession } from './roomSession.js';

/** A design's threads as one immutable value. */
export interface CommentsState {
  /** Whether they were listed; until then there may be more. */
  readonly loaded: boolean;
  readonly version: number;
  readonly threads: ReadonlyMap<string, CommentThread>;
}

export interface CommentsSessionOptions {
  readonly designId: string;
  /** The room of the design's project, which tells of changes. */
  readonly room: RoomSession;
  /** Lists threads, as `CommentsApi.list` does. */
  readonly list: (designId: string, filters: { readonly limit: number; readonly cursor?: string; readonly since?: number }) => Promise<ThreadPage>;
  readonly clock?: Clock;
  readonly backoff?: BackoffOptions;
}

const PAGE = 100;

/** A design's comments, followed: listed once, then changed by what the room tells, and listed again where it could not. */
export class CommentsSession {
  readonly #options: CommentsSessionOptions;
  readonly #clock: Clock;
  readonly #backoff: Backoff;
  readonly #changed = new Emitter();
  readonly #leave: () => void;
  #state: CommentsState = { loaded: false, version: 0, threads: new Map() };
  #listing = false;
  #again = false;
  #closed = false;
  #cancelWait: (() => void) | null = null;

  constructor(options: CommentsSessionOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#backoff = new Backoff(this.#clock, options.backoff ?? defaultBackoff);
    this.#leave = options.room.onComments((frame) => this.#receive(frame));
    void this.#list();
  }

  readonly getSnapshot = (): CommentsState => this.#state;

  /** Calls `listener` after each change of the snapshot. Fits `useSyncExternalStore`. */
  readonly subscribe = (listener: () => void): (() => void) => this.#changed.subscribe(listener);

  close(): void {
    this.#closed = true;
    this.#leave();
    this.#cancelWait?.();
  }

  #receive(frame: CommentsFrame): void {
    if (frame.missed === true) void this.#list();
    else if (frame.designId === this.#options.designId) this.#take(frame.threads, frame.removed, this.#state.version);
  }

  /** Lists what changed since the version that the last list ended at; what the room told meanwhile is not older. */
  async #list(): Promise<void> {
    if (this.#listing) {
      this.#again = true;
      return;
    }
    this.#listing = true;
    this.#cancelWait?.();
    this.#cancelWait = null;
    try {
      do {
        this.#again = false;
        await this.#listOnce();
      } while (this.#again && !this.#closed);
      this.#backoff.reset();
    } catch {
      // Whatever kept the list away, it is asked for again until the session is closed.
      if (!this.#closed) this.#cancelWait = this.#clock.after(this.#backoff.next(), () => void this.#list());
    } finally {
      this.#listing = false;
    }
  }

  async #listOnce(): Promise<void> {
    const since = this.#state.version;
    let first: number | undefined;
    let cursor: string | undefined;
    do {
      const page = await this.#options.list(this.#options.designId, { limit: PAGE, since, ...(cursor !== undefined && { cursor }) });
      if (this.#closed) return;
      first ??= page.version;
      this.#take(page.items, page.removed, since);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    // What changed while the pages were read lies after the first page's version and is told by the room.
    this.#state = { ...this.#state, loaded: true, version: first };
    this.#changed.emit();
  }

  #take(changed: readonly CommentThread[], removed: readonly string[], version: number): void {
    const threads = new Map(this.#state.threads);
    for (const thread of changed) {
      const known = threads.get(thread.id);
      if (known === undefined || known.version < thread.version) threads.set(thread.id, thread);
    }
    for (const id of removed) threads.delete(id);
    this.#state = { ...this.#state, threads, version };
    this.#changed.emit();
  }
}
