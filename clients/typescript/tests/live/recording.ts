import type { DesignFrame, HubConnection, HubConnector, StreamObserver } from '../../src/index.js';

/** Wraps a connector to note every frame of every stream, and to cut the connection as a bad network does. */
export class Recorder {
  readonly frames: DesignFrame[] = [];
  /** While true, attempts to connect fail. */
  offline = false;
  readonly connect: HubConnector;
  #current: HubConnection | null = null;

  constructor(connect: HubConnector) {
    this.connect = async () => {
      if (this.offline) throw new Error('The network is down.');
      const connection = await connect();
      this.#current = connection;
      return {
        invoke: (method, ...args) => connection.invoke(method, ...args),
        send: (method, ...args) => connection.send(method, ...args),
        onClosed: (listener) => connection.onClosed(listener),
        close: () => connection.close(),
        stream: <T>(method: string, args: readonly unknown[], observer: StreamObserver<T>) => connection.stream<T>(method, args, {
          next: (item) => {
            this.frames.push(item as DesignFrame);
            observer.next(item);
          },
          complete: () => observer.complete(),
          error: (error) => observer.error(error),
        }),
      };
    };
  }

  /** Cuts the connection there is. */
  async cut(): Promise<void> {
    await this.#current?.close();
  }
}
