/** A set of listeners. One that throws does not keep the others from hearing; its error is reported as uncaught. */
export class Emitter<T extends readonly unknown[] = []> {
  readonly #listeners = new Set<(...args: T) => void>();

  /** Adds a listener and returns the function that takes it away again. */
  subscribe(listener: (...args: T) => void): () => void {
    const own = (...args: T): void => listener(...args);
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }

  get isEmpty(): boolean {
    return this.#listeners.size === 0;
  }

  emit(...args: T): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(...args);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}
