import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signalRConnector, type SubmitResult } from '../../src/index.js';
import { expectEqual } from './expectations.js';
import { LiveServer, newDesign, noServer, register, until, type LiveUser } from './server.js';

describe.skipIf(noServer !== null)(`Access to a real server${noServer === null ? '' : ` (skipped: ${noServer})`}`, { timeout: 60_000 }, () => {
  let server: LiveServer;
  let ann: LiveUser;
  let bob: LiveUser;

  beforeAll(async () => {
    server = await LiveServer.start();
    ann = await register(server, 'ann');
    bob = await register(server, 'bob');
  }, 60_000);

  afterAll(async () => {
    await ann?.client.close();
    await bob?.client.close();
    await server?.stop();
  });

  test('A session that is signed out loses its streams at once, and goes on where it was when it is signed in again', async () => {
    const { projectId, designId } = await newDesign(ann);
    const client = await ann.elsewhere();
    const [session, room] = [await client.openDesign(designId), client.openRoom(projectId)];
    await session.whenLive();
    await until(room.subscribe, () => room.getSnapshot().live);
    const token = await client.tokens.accessToken();
    await client.auth.logout();
    await until(client.link.subscribe, () => client.link.getStatus() === 'signed-out');
    expect(session.getStatus()).toEqual({ state: 'offline' });
    expect(room.getSnapshot().live).toBe(false);
    const spent = await fetch(`${server.url}/api/v1/auth/me`, { headers: { Authorization: `Bearer ${token}` } });
    expect(spent.status).toBe(401);

    const edit = session.edit([{ op: 'node.add', node: { id: 'kept', type: 'frame', x: 0, y: 0 } }]);
    await ann.signIn(client);
    expect(await edit.result).toMatchObject({ status: 'committed' });
    await until(room.subscribe, () => room.getSnapshot().live);
    await expectEqual(ann, designId, [session]);
    room.close();
    await session.close();
    await client.close();
  });

  test('A session that is ended from elsewhere finds out by itself', async () => {
    const { designId } = await newDesign(ann);
    const client = await ann.elsewhere();
    const session = await client.openDesign(designId);
    await session.whenLive();
    await endSession(server, await client.tokens.accessToken());
    await until(client.link.subscribe, () => client.link.getStatus() === 'signed-out');
    expect(client.tokens.user).toBeNull();
    await session.close();
    await client.close();
  });

  test('Who is no member is refused everywhere', async () => {
    const { designId } = await newDesign(ann);
    const session = await bob.client.openDesign(designId);
    await until(session.subscribeStatus, () => session.getStatus().state === 'ended');
    expect(session.getStatus()).toEqual({ state: 'ended', code: 'not_found' });
    expect(session.store.getSnapshot()).toBeNull();
    await session.close();

    const batch = { batchId: crypto.randomUUID(), baseRevision: 0, operations: [{ op: 'node.add', node: { id: 'x', type: 'frame', x: 0, y: 0 } }] } as const;
    await expect(bob.client.designs.get(designId)).rejects.toMatchObject({ status: 404, code: 'not_found' });
    await expect(bob.client.designs.submit(designId, batch)).rejects.toMatchObject({ status: 404, code: 'not_found' });
    const connection = await signalRConnector({ url: `${server.url}/hubs/collaboration`, accessToken: async () => (await bob.client.tokens.accessToken()) ?? '' })();
    expect(await connection.invoke<SubmitResult>('Submit', designId, batch)).toMatchObject({ status: 'refused', error: { code: 'not_found', retryable: false } });
    await connection.close();
    expect((await ann.client.designs.get(designId)).nodes).toEqual([]);
  });

  test('A member who may only look has edits taken back, may edit when promoted, and is ended when removed', async () => {
    const { projectId, designId } = await newDesign(ann);
    await ann.client.members.add(projectId, { accountId: bob.id, role: 'viewer' });
    const session = await bob.client.openDesign(designId);
    await session.whenLoaded();
    const add = (id: string) => session.edit([{ op: 'node.add', node: { id, type: 'frame', x: 0, y: 0 } }]).result;
    expect(await add('refused')).toMatchObject({ status: 'refused', error: { code: 'forbidden' } });
    expect(session.store.getNode('refused')).toBeUndefined();

    await ann.client.members.changeRole(projectId, bob.id, 'editor');
    expect(await add('taken')).toMatchObject({ status: 'committed' });
    await expectEqual(ann, designId, [session]);

    await ann.client.members.remove(projectId, bob.id);
    await until(session.subscribeStatus, () => session.getStatus().state === 'ended');
    expect(session.getStatus()).toEqual({ state: 'ended', code: 'forbidden' });
    await session.close();
  });
});

/** Signs a session out with nothing but its token, as its owner does from another machine. */
async function endSession(server: LiveServer, token: string | null): Promise<void> {
  const { status } = await fetch(`${server.url}/api/v1/auth/logout`, { method: 'POST', headers: { Authorization: `Bearer ${token}` } });
  expect(status).toBe(204);
}
