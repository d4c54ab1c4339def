/** What a stream tells its reader. Exactly one of `complete` and `error` comes last, unless it was cancelled. */
export interface StreamObserver<T> {
  next(item: T): void;
  complete(): void;
  error(error: unknown): void;
}

/**
 * One connection to the hub, from connected to closed; it never reconnects by itself. Calls of one
 * connection reach the server in the order they were made.
 */
export interface HubConnection {
  invoke<T>(method: string, ...args: unknown[]): Promise<T>;
  /** Sends without an answer; resolves when the message was handed to the network. */
  send(method: string, ...args: unknown[]): Promise<void>;
  /** Starts a stream and returns the function that cancels it. */
  stream<T>(method: string, args: readonly unknown[], observer: StreamObserver<T>): () => void;
  /** Calls `listener` once, when the connection is gone for whatever reason. */
  onClosed(listener: () => void): void;
  close(): Promise<void>;
}

/** Whether a refusal or an end is about the connection's token and not about what was asked for: a new connection may help. */
export function isAboutToken(code: string): boolean {
  return code === 'token_expired' || code === 'unauthenticated';
}

/** Opens a connection; rejects when that fails. */
export type HubConnector = () => Promise<HubConnection>;

/** Thrown by a connector when trying again cannot help, because the user has to sign in. */
export class SignInRequiredError extends Error {
  override readonly name = 'SignInRequiredError';
}
