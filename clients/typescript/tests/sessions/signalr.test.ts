import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ActorsClient, MemorySessionStore, signalRConnector, type AuthSession } from '../../src/index.js';
import { ModelServer } from '../model/modelServer.js';
import { SocketServer } from '../model/socketServer.js';

let model: ModelServer;
let server: SocketServer;
let url: string;

beforeEach(async () => {
  model = new ModelServer();
  server = new SocketServer(model);
  url = await server.listen();
});

afterEach(() => server.close());

function signedIn(refreshed = 'fresh'): { client: ActorsClient; store: MemorySessionStore } {
  const session: AuthSession = {
    user: { id: 'usr_1', email: 'a@b.c', name: 'Ann', roles: [] },
    accessToken: 'first', refreshToken: 'r', expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
  };
  const store = new MemorySessionStore(session);
  const fetch = () => Promise.resolve(refreshed === ''
    ? new Response('{"code":"refresh_token_invalid"}', { status: 401, headers: { 'Content-Type': 'application/problem+json' } })
    : new Response(JSON.stringify({ ...session, accessToken: refreshed })));
  return { client: new ActorsClient({ baseUrl: url, sessionStore: store, fetch, backoff: { initial: 5, longest: 20 } }), store };
}

function untilStatus(client: ActorsClient, status: string): Promise<void> {
  return new Promise((resolve) => {
    const check = (): void => {
      if (client.link.getStatus() === status) resolve();
    };
    client.link.subscribe(check);
    check();
  });
}

describe('Over real sockets', () => {
  test('Edits are committed in order, and losses of the connection are survived', async () => {
    const { client } = signedIn();
    const session = await client.openDesign(model.designId);
    await session.whenLoaded();
    const results = [];
    for (let i = 0; i < 60; i++) {
      results.push(session.edit([{ op: 'node.add', node: { id: `n${i}`, type: 'text', x: i, y: 0 } }]).result);
      if (i % 20 === 10) server.drop();
    }
    await session.whenSettled();
    expect((await Promise.all(results)).map((result) => result.status === 'committed' && result.revision)).toEqual(results.map((_, i) => i + 1));
    expect(session.store.document).toEqual({ ...model.document, nodes: session.store.getChildren() });
    await session.close();
    await client.close();
  });

  test('A refused token is replaced by a fresh one', async () => {
    server.refused.add('first');
    const { client } = signedIn();
    const session = await client.openDesign(model.designId);
    await session.whenLoaded();
    expect(server.tokens).toEqual(['first', 'fresh']);
    await session.close();
    await client.close();
  });

  test('Without a session that can be renewed the link stops until someone signs in', async () => {
    server.refused.add('first');
    const { client } = signedIn('');
    const session = await client.openDesign(model.designId);
    await untilStatus(client, 'signed-out');
    client.tokens.set({ user: { id: 'usr_1', email: '', name: '', roles: [] }, accessToken: 'second', refreshToken: 'r2', expiresAt: '2999-01-01T00:00:00Z' });
    await session.whenLoaded();
    expect(client.link.getStatus()).toBe('connected');
    await session.close();
    await client.close();
  });

  test('Closing a session cancels its stream, and a failing call rejects', async () => {
    const connection = await signalRConnector({ url: `${url}/hubs/collaboration`, accessToken: () => Promise.resolve('x') })();
    const cancel = await new Promise<() => void>((resolve) => {
      const stop = connection.stream('WatchDesign', [model.designId, null], {
        next: () => queueMicrotask(() => resolve(stop)), complete: () => undefined, error: () => undefined,
      });
    });
    cancel();
    await expect(connection.invoke('Nonsense')).rejects.toThrow('There is no Nonsense.');
    expect(server.cancelled).toHaveLength(1);
    const closed = new Promise<void>((resolve) => connection.onClosed(resolve));
    await connection.close();
    await closed;
  });
});
