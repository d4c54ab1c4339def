/** Time, replaceable so that tests decide when it passes. */
export interface Clock {
  /** Milliseconds from an arbitrary origin. */
  now(): number;
  /** Calls `run` once after a delay in milliseconds; the result cancels. */
  after(delay: number, run: () => void): () => void;
  /** A number in [0, 1). */
  random(): number;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after: (delay, run) => {
    const timer = setTimeout(run, delay);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};

export interface BackoffOptions {
  /** First delay in milliseconds. */
  readonly initial: number;
  /** Longest delay in milliseconds. */
  readonly longest: number;
}

export const defaultBackoff: BackoffOptions = { initial: 250, longest: 15_000 };

/** Growing delays with jitter: between half and all of a time that doubles with each attempt. */
export class Backoff {
  readonly #clock: Clock;
  readonly #options: BackoffOptions;
  #attempts = 0;

  constructor(clock: Clock, options: BackoffOptions) {
    this.#clock = clock;
    this.#options = options;
  }

  get attempts(): number {
    return this.#attempts;
  }

  next(): number {
    const whole = Math.min(this.#options.longest, this.#options.initial * 2 ** this.#attempts++);
    return whole * (0.5 + this.#clock.random() / 2);
  }

  reset(): void {
    this.#attempts = 0;
  }
}
