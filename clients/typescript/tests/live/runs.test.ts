import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newUuid, type Operation, type Run, type RunSummary } from '../../src/index.js';
import { LiveServer, newDesign, noServer, register, until, type LiveUser } from './server.js';

describe.skipIf(noServer !== null)(`Runs on a real server${noServer === null ? '' : ` (skipped: ${noServer})`}`, { timeout: 60_000 }, () => {
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

  const fill = (designId: string, operations: readonly Operation[]): Promise<unknown> =>
    ann.client.designs.submit(designId, { batchId: newUuid(), baseRevision: 1, operations });

  test('Two clients watch one run and see the same final state, also the one that joins late', async () => {
    const { projectId, designId } = await newDesign(ann, 'process');
    await ann.client.members.add(projectId, { accountId: bob.id, role: 'viewer' });
    await fill(designId, [
      { op: 'node.add', node: { id: 'r', type: 'range', x: 0, y: 0, props: { from: 1, to: 300 } } },
      { op: 'node.add', node: { id: 'l', type: 'collect', x: 0, y: 0 } },
      { op: 'node.add', node: { id: 'a', type: 'approval', x: 0, y: 0, props: { question: 'Go on?' } } },
      { op: 'node.add', node: { id: 'o', type: 'output', x: 0, y: 0, props: { name: 'result' } } },
      { op: 'connection.add', connection: { id: 'c1', from: { node: 'r', port: 'out' }, to: { node: 'l', port: 'in' } } },
      { op: 'connection.add', connection: { id: 'c2', from: { node: 'l', port: 'out' }, to: { node: 'a', port: 'in' } } },
      { op: 'connection.add', connection: { id: 'c3', from: { node: 'a', port: 'out' }, to: { node: 'o', port: 'in' } } },
    ]);
    const room = bob.client.openRoom(projectId);
    const shown: RunSummary[] = [];
    room.onRuns(({ runs }) => shown.push(...runs));
    await until(room.subscribe, () => room.getSnapshot().live);

    const { id } = await ann.client.runs.start(designId);
    const early = ann.client.watchRun(id);
    await until(early.subscribe, () => early.getSnapshot().run?.waits.length === 1 && early.getSnapshot().run?.nodes['a']?.status === 'waiting');
    const late = bob.client.watchRun(id);
    const [wait] = await ann.client.runs.waits(id);
    await ann.client.runs.answer(id, wait!.id, { approved: true });
    await until(early.subscribe, () => early.getSnapshot().ended !== null);
    await until(late.subscribe, () => late.getSnapshot().ended !== null);
    const later = bob.client.watchRun(id);
    await until(later.subscribe, () => later.getSnapshot().ended !== null);

    const [first, second, third] = [early.getSnapshot(), late.getSnapshot(), later.getSnapshot()];
    expect(first).toMatchObject({ ended: 'completed', run: { status: 'completed', outputCounts: { result: 1 } } });
    expect(second).toEqual(first);
    expect(third.events).toEqual(first.events);
    expect(third.run?.outputs).toEqual(first.run?.outputs);
    expect((await ann.client.runs.listOfDesign(designId)).items.map((run) => run.status)).toEqual(['completed']);
    await until(room.onRuns, () => shown.some((run) => run.id === id && run.status === 'completed'));
    room.close();
  });

  test('A node is tried alone, a run is tried dry and replayed from a node', async () => {
    const { designId } = await newDesign(ann, 'process');
    await fill(designId, [
      { op: 'node.add', node: { id: 'i', type: 'input', x: 0, y: 0, props: { name: 'text' } } },
      { op: 'node.add', node: { id: 'w', type: 'file.write', x: 0, y: 0, props: { path: '{{$}}.txt' } } },
      { op: 'node.add', node: { id: 'o', type: 'output', x: 0, y: 0, props: { name: 'file' } } },
      { op: 'connection.add', connection: { id: 'c1', from: { node: 'i', port: 'out' }, to: { node: 'w', port: 'in' } } },
      { op: 'connection.add', connection: { id: 'c2', from: { node: 'w', port: 'out' }, to: { node: 'o', port: 'in' } } },
    ]);
    const ended = async (id: string): Promise<Run> => {
      const session = ann.client.watchRun(id);
      await until(session.subscribe, () => session.getSnapshot().ended !== null);
      session.close();
      return ann.client.runs.get(id);
    };

    const alone = await ended((await ann.client.runs.startNode(designId, 'w', { inputs: { in: ['a'] }, dryRun: true })).id);
    expect(alone).toMatchObject({ status: 'completed', nodeId: 'w', dryRun: true, outputs: { out: [{ dryRun: true, path: 'a.txt' }] } });
    const run = await ended((await ann.client.runs.start(designId, { inputs: { text: ['a'] } })).id);
    const dry = await ended((await ann.client.runs.start(designId, { inputs: { text: ['a'] }, dryRun: true, from: run.id })).id);
    expect(dry).toMatchObject({ dryRun: true, outputs: run.outputs });
    const replay = await ended((await ann.client.runs.replay(run.id, { node: 'w' })).id);
    expect(replay).toMatchObject({ status: 'completed', replayOf: run.id, fromNode: 'w', outputs: run.outputs });
    expect(run.connections['c1']).toMatchObject({ tokens: 1, bytes: 3 });
  });

  test('A run that a stranger watches does not exist', async () => {
    const { designId } = await newDesign(ann, 'process');
    await fill(designId, [{ op: 'node.add', node: { id: 'c', type: 'constant', x: 0, y: 0, props: { value: 1 } } }]);
    const { id } = await ann.client.runs.start(designId);
    const run = bob.client.watchRun(id);
    await until(run.subscribe, () => run.getSnapshot().ended !== null);
    expect(run.getSnapshot()).toMatchObject({ ended: 'not_found', run: null });
  });
});
