import { HubConnectionBuilder, HubConnectionState, LogLevel, type IHttpConnectionOptions } from '@microsoft/signalr';
import { SignInRequiredError, type HubConnection, type HubConnector } from './hub.js';

export interface SignalROptions {
  /** Address of the hub. */
  readonly url: string;
  /** Gives a valid access token; asked anew for each connection. */
  readonly accessToken: () => Promise<string>;
  /** Gives a token instead of one that the server refused, or null when the user has to sign in. */
  readonly replaceToken?: (refused: string) => Promise<string | null>;
  /** Passed on to SignalR, for instance to choose a transport. */
  readonly http?: Omit<IHttpConnectionOptions, 'accessTokenFactory'>;
}

/** Connects over SignalR with its JSON protocol. */
export function signalRConnector({ url, accessToken, replaceToken, http }: SignalROptions): HubConnector {
  return async () => {
    // Asked before SignalR asks again, because it hides the errors of its token factory.
    const token = await accessToken();
    const connection = new HubConnectionBuilder()
      .withUrl(url, { ...http, accessTokenFactory: accessToken })
      .configureLogging(LogLevel.None)
      .build();
    const closed = new Set<() => void>();
    connection.onclose(() => {
      for (const listener of closed) listener();
      closed.clear();
    });
    try {
      await connection.start();
    } catch (error) {
      const refused = error instanceof Error && /\b401\b/.test(error.message);
      if (refused && (await replaceToken?.(token)) == null) throw new SignInRequiredError('The server refused the access token.');
      throw error;
    }
    return {
      invoke: (method, ...args) => connection.invoke(method, ...args),
      send: (method, ...args) => connection.send(method, ...args),
      stream: (method, args, observer) => {
        const subscription = connection.stream(method, ...args).subscribe(observer);
        return () => {
          // Cancelling tells the server; on a lost connection there is nobody to tell.
          if (connection.state === HubConnectionState.Connected) subscription.dispose();
        };
      },
      onClosed: (listener) => {
        if (connection.state === HubConnectionState.Connected) closed.add(listener);
        else listener();
      },
      close: () => connection.stop(),
    } satisfies HubConnection;
  };
}
