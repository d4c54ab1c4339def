import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MemoryStorage, newElementId, signalRConnector, type ActorsClient } from '../../src/index.js';
import { generator } from '../model/simulation.js';
import { inventEdit } from './edits.js';
import { committedBatches, expectEqual, expectOnce } from './expectations.js';
import { Recorder } from './recording.js';
import { LiveServer, newDesign, noServer, register, until, type LiveUser } from './server.js';

/** A client whose connection can be cut and whose frames are noted. */
async function recorded(server: LiveServer, user: LiveUser, storage = new MemoryStorage()): Promise<{ client: ActorsClient; recorder: Recorder }> {
  const recorder = new Recorder(signalRConnector({
    url: `${server.url}/hubs/collaboration`,
    accessToken: async () => (await client.tokens.accessToken()) ?? '',
  }));
  const client: ActorsClient = await user.another({ connect: recorder.connect, storage });
  return { client, recorder };
}

describe.skipIf(noServer !== null)(`Designs on a real server${noServer === null ? '' : ` (skipped: ${noServer})`}`, { timeout: 120_000 }, () => {
  let server: LiveServer;
  let user: LiveUser;

  beforeAll(async () => {
    server = await LiveServer.start();
    user = await register(server, 'ann');
  }, 60_000);

  afterAll(async () => {
    await user?.client.close();
    await server?.stop();
  });

  test('Two clients edit one design at once and a third joins late: all are equal to the server', async () => {
    const { designId } = await newDesign(user);
    const clients = [await user.another(), await user.another()];
    const sessions = await Promise.all(clients.map((client) => client.openDesign(designId)));
    await Promise.all(sessions.map((session) => session.whenLoaded()));
    const random = generator(1);
    for (let i = 0; i < 300; i++) for (const session of sessions) session.edit(inventEdit(session, random, i));
    const late = await user.another();
    clients.push(late);
    sessions.push(await late.openDesign(designId));
    await expectEqual(user, designId, sessions);
    await Promise.all(sessions.map((session) => session.close()));
    await Promise.all(clients.map((client) => client.close()));
  });

  test('Who was offline for 500 edits resumes with changes alone', async () => {
    const { designId } = await newDesign(user);
    const writer = await user.client.openDesign(designId);
    const { client, recorder } = await recorded(server, user);
    const reader = await client.openDesign(designId);
    await Promise.all([writer.whenLoaded(), reader.whenLive()]);
    recorder.offline = true;
    await recorder.cut();
    recorder.frames.length = 0;
    for (let i = 0; i < 500; i++) writer.edit([{ op: 'node.add', node: { id: `n${i}`, type: 'shape.rectangle', x: i, y: 0 } }]);
    await writer.whenSettled();
    reader.edit([{ op: 'design.set', patch: { name: 'Written offline' } }]);
    recorder.offline = false;
    client.link.retryNow();
    await expectEqual(user, designId, [writer, reader]);
    expect(reader.store.getSnapshot()?.nodes.size).toBe(500);
    expect(new Set(recorder.frames.map((frame) => frame.kind))).toEqual(new Set(['changes']));
    await Promise.all([writer.close(), reader.close()]);
    await client.close();
  });

  test('A taken id is renamed, and the client follows', async () => {
    const { designId } = await newDesign(user);
    const { client, recorder } = await recorded(server, user);
    const [first, second] = [await user.client.openDesign(designId), await client.openDesign(designId)];
    await Promise.all([first.whenLoaded(), second.whenLive()]);
    recorder.offline = true;
    await recorder.cut();
    await first.edit([{ op: 'node.add', node: { id: 'same', type: 'frame', x: 1, y: 0, order: 'a0' } }]).result;
    const mine = second.edit([{ op: 'node.add', node: { id: 'same', type: 'frame', x: 2, y: 0, order: 'a0' } }]);
    second.edit([{ op: 'node.add', node: { id: 'child', type: 'shape.rectangle', parent: 'same', x: 3, y: 0 } }]);
    recorder.offline = false;
    client.link.retryNow();
    expect(await mine.result).toMatchObject({ status: 'committed', operations: [{ op: 'node.add' }] });
    await expectEqual(user, designId, [first, second]);
    expect(second.store.getChildren().map((node) => node.x)).toEqual([1, 2]);
    await Promise.all([first.close(), second.close()]);
    await client.close();
  });

  test('What is gone is ignored, what is wrong is refused and taken back', async () => {
    const { designId } = await newDesign(user);
    const session = await user.client.openDesign(designId);
    await session.whenLoaded();
    const ignored = session.edit([
      { op: 'node.set', id: 'never', patch: { x: 1 } },
      { op: 'node.add', node: { id: 'here', type: 'frame', x: 0, y: 0 } },
    ]);
    const wrong = session.edit([{ op: 'node.add', node: { id: 'wrong', type: 'no.such.type', x: 0, y: 0 } }]);
    expect(await ignored.result).toMatchObject({ status: 'committed', ignored: [0] });
    expect(await wrong.result).toMatchObject({ status: 'refused', error: { code: 'type_unknown', index: 0, retryable: false } });
    expect(session.store.getNode('wrong')).toBeUndefined();
    await expectEqual(user, designId, [session]);
    await session.close();
  });

  test('Undo takes back the last edit and redo does it again', async () => {
    const { designId } = await newDesign(user);
    const session = await user.client.openDesign(designId);
    await session.whenLoaded();
    session.edit([{ op: 'node.add', node: { id: 'a', type: 'frame', x: 0, y: 0 } }]);
    session.edit([{ op: 'node.set', id: 'a', patch: { x: 5, label: 'A' } }]);
    expect(await session.undo()).toMatchObject({ status: 'committed' });
    await until(session.store.subscribe, () => session.store.getNode('a')?.x === 0);
    expect(session.store.getNode('a')).not.toHaveProperty('label');
    expect(await session.redo()).toMatchObject({ status: 'committed' });
    await until(session.store.subscribe, () => session.store.getNode('a')?.label === 'A');
    await expectEqual(user, designId, [session]);
    await session.close();
  });

  test('Random edits, losses of connection and reloads leave all clients equal to the server', async () => {
    const step = fc.record({
      peer: fc.nat(2),
      kind: fc.oneof({ weight: 8, arbitrary: fc.constant('edit') }, { weight: 1, arbitrary: fc.constantFrom('cut', 'reload') }),
    });
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 40, maxLength: 120 }), fc.integer(), async (steps, seed) => {
      // Each run has an account of its own: an account keeps only so many sessions, and a new one ends the oldest.
      const user = await register(server, 'run');
      const { designId } = await newDesign(user);
      const random = generator(seed);
      const peers = await Promise.all([0, 1, 2].map(async () => {
        const storage = new MemoryStorage();
        const { client, recorder } = await recorded(server, user, storage);
        const session = await client.openDesign(designId);
        await session.whenLoaded();
        return { client, recorder, session };
      }));
      const batches = new Set<string>();
      for (const [serial, { peer: index, kind }] of steps.entries()) {
        const peer = peers[index] as (typeof peers)[number];
        if (kind === 'edit') batches.add(peer.session.edit(inventEdit(peer.session, random, serial)).batchId);
        else if (kind === 'cut') await peer.recorder.cut();
        else {
          await peer.session.close();
          peer.session = await peer.client.openDesign(designId);
        }
      }
      await expectEqual(user, designId, peers.map((peer) => peer.session));
      await expectOnce(user, designId, batches);
      await Promise.all(peers.map((peer) => peer.session.close()));
      await Promise.all(peers.map((peer) => peer.client.close()));
      await user.client.close();
    }), { numRuns: Number(process.env['LIVE_SIMULATIONS'] ?? 5), endOnFailure: true });
  });

  test('Edits made offline survive a reload and are sent in their order', async () => {
    const { designId } = await newDesign(user);
    const storage = new MemoryStorage();
    const { client, recorder } = await recorded(server, user, storage);
    const before = await client.openDesign(designId);
    await before.whenLive();
    recorder.offline = true;
    await recorder.cut();
    const ids = Array.from({ length: 100 }, () => newElementId());
    const edits = ids.map((id, x) => before.edit([{ op: 'node.add', node: { id, type: 'frame', x, y: 0 } }]));
    await before.close();
    await client.close();

    const again = await user.another({ storage });
    const after = await again.openDesign(designId);
    expect(after.store.getChildren().map((node) => node.id)).toEqual(ids);
    await expectEqual(user, designId, [after]);
    expect(await committedBatches(user, designId)).toEqual(edits.map((edit) => edit.batchId));
    await after.close();
    await again.close();
  });
});
