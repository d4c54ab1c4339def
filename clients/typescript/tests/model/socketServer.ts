import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Batch, Position } from '../../src/index.js';
import type { ModelServer } from './modelServer.js';

const SEPARATOR = '\u001e';

interface HubMessage {
  readonly type: number;
  readonly invocationId?: string;
  readonly target?: string;
  readonly arguments?: readonly unknown[];
}

/** The model server behind a real socket, speaking as much of the SignalR hub protocol (version 1, JSON) as the client needs. */
export class SocketServer {
  /** Tokens that are refused with 401. */
  readonly refused = new Set<string>();
  readonly tokens: string[] = [];
  readonly cancelled: string[] = [];
  readonly #model: ModelServer;
  readonly #http: Server;
  readonly #sockets = new Set<WebSocket>();

  constructor(model: ModelServer) {
    this.#model = model;
    this.#http = createServer((request, response) => {
      const token = (request.headers.authorization ?? '').replace('Bearer ', '');
      this.tokens.push(token);
      response.writeHead(this.refused.has(token) ? 401 : 200, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify({
        connectionId: 'c', connectionToken: 't', negotiateVersion: 1,
        availableTransports: [{ transport: 'WebSockets', transferFormats: ['Text'] }],
      }));
    });
    new WebSocketServer({ server: this.#http }).on('connection', (socket) => this.#serve(socket));
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#http.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`;
  }

  /** Breaks all connections. */
  drop(): void {
    for (const socket of this.#sockets) socket.terminate();
  }

  async close(): Promise<void> {
    this.drop();
    await new Promise((resolve) => this.#http.close(resolve));
  }

  #serve(socket: WebSocket): void {
    const leave: (() => void)[] = [];
    this.#sockets.add(socket);
    socket.on('close', () => {
      this.#sockets.delete(socket);
      for (const run of leave) run();
    });
    socket.on('message', (data) => {
      for (const text of String(data).split(SEPARATOR).slice(0, -1)) {
        const message = JSON.parse(text) as HubMessage & { protocol?: string };
        if (message.protocol !== undefined) socket.send(`{}${SEPARATOR}`);
        else this.#handle(socket, message, leave);
      }
    });
  }

  #handle(socket: WebSocket, { type, invocationId, target, arguments: args = [] }: HubMessage, leave: (() => void)[]): void {
    const send = (message: object): void => socket.send(JSON.stringify(message) + SEPARATOR);
    if (type === 5) this.cancelled.push(invocationId ?? '');
    else if (type === 1 && target === 'Submit') send({ type: 3, invocationId, result: this.#model.submit('user', args[1] as Batch) });
    else if (type === 1) send({ type: 3, invocationId, error: `There is no ${target}.` });
    else if (type === 4) {
      let position = args[1] as Position | null;
      let first = true;
      const wake = (): void => {
        const item = this.#model.frame(position, first);
        first = false;
        position = { epoch: this.#model.epoch, revision: this.#model.revision };
        if (item !== null) send({ type: 2, invocationId, item });
      };
      this.#model.watchers.add(wake);
      leave.push(() => this.#model.watchers.delete(wake));
      wake();
    }
  }
}
