import { Emitter } from '../emitter.js';
import type { AuthSession, User } from '../protocol/rest.js';
import { ProblemError } from './problem.js';

/** Where a signed-in session survives a reload. Tabs that share it share the session. */
export interface SessionStore {
  load(): AuthSession | null;
  save(session: AuthSession | null): void;
}

/** Keeps the session for as long as the program runs. */
export class MemorySessionStore implements SessionStore {
  #session: AuthSession | null;

  constructor(session: AuthSession | null = null) {
    this.#session = session;
  }

  load(): AuthSession | null {
    return this.#session;
  }

  save(session: AuthSession | null): void {
    this.#session = session;
  }
}

/** Keeps the session in the browser's local storage. */
export class LocalSessionStore implements SessionStore {
  readonly #key: string;

  constructor(key = 'actors.session') {
    this.#key = key;
  }

  load(): AuthSession | null {
    const text = localStorage.getItem(this.#key);
    return text === null ? null : (JSON.parse(text) as AuthSession);
  }

  save(session: AuthSession | null): void {
    if (session === null) localStorage.removeItem(this.#key);
    else localStorage.setItem(this.#key, JSON.stringify(session));
  }
}

/** An access token is renewed this long before it expires, in milliseconds. */
const RENEW_BEFORE = 30_000;

/**
 * Holds the session and renews its access token. A refresh token works once and a second use ends
 * the session, so there is never more than one refresh under way, also among the tabs of a browser.
 */
export class Tokens {
  readonly #store: SessionStore;
  readonly #refresh: (refreshToken: string) => Promise<AuthSession>;
  readonly #changed = new Emitter();
  #refreshing: Promise<AuthSession | null> | null = null;

  constructor(store: SessionStore, refresh: (refreshToken: string) => Promise<AuthSession>) {
    this.#store = store;
    this.#refresh = refresh;
  }

  get user(): User | null {
    return this.#store.load()?.user ?? null;
  }

  /** Calls `listener` when someone signed in or out, or a token was renewed. */
  readonly subscribe = (listener: () => void): (() => void) => this.#changed.subscribe(listener);

  set(session: AuthSession | null): void {
    this.#store.save(session);
    this.#changed.emit();
  }

  /** A valid access token, renewed first if it is about to expire; null when nobody is signed in. */
  async accessToken(): Promise<string | null> {
    const session = this.#store.load();
    if (session === null) return null;
    if (Date.parse(session.expiresAt) - Date.now() > RENEW_BEFORE) return session.accessToken;
    return (await this.#renew(session))?.accessToken ?? null;
  }

  /** A token to use instead of one that the server refused, or null when there is none. */
  async replace(refused: string): Promise<string | null> {
    const session = this.#store.load();
    if (session === null) return null;
    if (session.accessToken !== refused) return session.accessToken;
    return (await this.#renew(session))?.accessToken ?? null;
  }

  #renew(session: AuthSession): Promise<AuthSession | null> {
    this.#refreshing ??= exclusively(() => this.#renewAlone(session)).finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing;
  }

  async #renewAlone(stale: AuthSession): Promise<AuthSession | null> {
    // While this waited for its turn, another tab may have renewed the session, or ended it.
    const session = this.#store.load();
    if (session === null || session.refreshToken !== stale.refreshToken) return session;
    try {
      const renewed = await this.#refresh(session.refreshToken);
      this.set(renewed);
      return renewed;
    } catch (error) {
      if (!(error instanceof ProblemError) || error.status >= 500 || error.status === 429) throw error;
      this.set(null);
      return null;
    }
  }
}

/** Runs one at a time among all tabs of an origin, where the browser offers that. */
function exclusively<T>(run: () => Promise<T>): Promise<T> {
  const locks = typeof navigator === 'undefined' ? undefined : (navigator as Partial<Navigator>).locks;
  return locks === undefined ? run() : locks.request('actors.refresh', run) as Promise<T>;
}
