import type { EndFrame } from '../protocol/design.js';
import { Backoff, type BackoffOptions, type Clock } from './clock.js';
import { isAboutToken, type HubConnection } from './hub.js';
import type { Link } from './link.js';

export interface WatchOptions<Frame> {
  readonly link: Link;
  readonly clock: Clock;
  readonly backoff: BackoffOptions;
  readonly method: string;
  /** The arguments to watch with; asked again for each attempt, so that they name the newest position. */
  args(): readonly unknown[];
  /** Takes a frame; false means that a frame is missing, and to watch again. */
  frame(frame: Frame, connection: HubConnection): boolean;
  /** The stream broke or its connection was lost; it will be tried again. */
  interrupted(): void;
  /** The stream ended for good. */
  ended(code: string): void;
}

/**
 * A resumable stream: watches on every connection there is, again after a gap or an end that may be
 * retried, and stops at an end that may not.
 */
export class Watch<Frame extends { readonly kind: string }> {
  readonly #options: WatchOptions<Frame | EndFrame>;
  readonly #backoff: Backoff;
  readonly #leave: () => void;
  #connection: HubConnection | null = null;
  #cancelStream: (() => void) | null = null;
  #cancelWait: (() => void) | null = null;
  /** Counts attempts, so that what a given-up stream still delivers is told apart. */
  #attempt = 0;

  constructor(options: WatchOptions<Frame | EndFrame>) {
    this.#options = options;
    this.#backoff = new Backoff(options.clock, options.backoff);
    this.#leave = options.link.use({
      connected: (connection) => {
        this.#connection = connection;
        this.#backoff.reset();
        this.#start();
      },
      disconnected: () => {
        this.#connection = null;
        this.#stop();
        options.interrupted();
      },
    });
  }

  close(): void {
    this.#leave();
    this.#stop();
    this.#connection = null;
  }

  #start(): void {
    const connection = this.#connection;
    if (connection === null) return;
    const attempt = ++this.#attempt;
    const current = (): boolean => this.#attempt === attempt;
    const cancel = connection.stream<Frame | EndFrame>(this.#options.method, this.#options.args(), {
      next: (frame) => {
        if (current()) this.#next(frame, connection);
      },
      complete: () => {
        if (current()) this.#again();
      },
      error: () => {
        if (current()) this.#again();
      },
    });
    // A stream may end while it is being started.
    if (current()) this.#cancelStream = cancel;
  }

  #next(frame: Frame | EndFrame, connection: HubConnection): void {
    if (frame.kind === 'end') {
      const { code, retry } = frame as EndFrame;
      if (isAboutToken(code)) this.#options.link.renew(connection);
      else if (retry) this.#again();
      else {
        this.close();
        this.#options.ended(code);
      }
      return;
    }
    const attempt = this.#attempt;
    if (this.#options.frame(frame, connection)) this.#backoff.reset();
    else if (this.#attempt === attempt) this.#again();
  }

  #again(): void {
    this.#stop();
    this.#options.interrupted();
    this.#cancelWait = this.#options.clock.after(this.#backoff.next(), () => this.#start());
  }

  #stop(): void {
    this.#attempt++;
    this.#cancelStream?.();
    this.#cancelStream = null;
    this.#cancelWait?.();
    this.#cancelWait = null;
  }
}
