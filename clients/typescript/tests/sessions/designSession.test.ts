import { describe, expect, test } from 'vitest';
import {
  BatchTooLargeError, DesignEndedError, DesignSession, Link, MemoryStorage, SessionClosedError,
  type Batch, type DesignFrame, type Operation,
} from '../../src/index.js';
import { sampleChange, sampleDesign, sampleNode } from '../samples.js';
import { ManualClock, ScriptedNetwork, settle, type PendingCall } from '../scripted.js';

const design = sampleDesign({ nodes: [sampleNode('a')] });
const snapshot: DesignFrame = { kind: 'snapshot', epoch: 'e1', revision: 0, design };
const set = (x: number): Operation => ({ op: 'node.set', id: 'a', patch: { x } });

async function open(storage = new MemoryStorage()) {
  const clock = new ManualClock();
  const network = new ScriptedNetwork();
  const link = new Link({ connect: network.connect, clock });
  const session = await DesignSession.open({ designId: 'dsg_1', link, storage, storageKey: 'k', clock, saveDelay: 1_000 });
  await settle();
  const frame = (next: DesignFrame): void => network.current.lastStream.observer.next(next);
  const submits = (): Batch[] => network.current.calls.filter((call) => call.method === 'Submit').map((call) => call.args[1] as Batch);
  const call = (index: number): PendingCall => network.current.calls[index] as PendingCall;
  return { clock, network, link, storage, session, frame, submits, call };
}

describe('Watching', () => {
  test('Begins without a position and goes on from the newest one after a loss', async () => {
    const { clock, network, frame } = await open();
    expect(network.current.lastStream).toMatchObject({ method: 'WatchDesign', args: ['dsg_1', null] });
    frame(snapshot);
    frame({ kind: 'changes', changes: [sampleChange(1, [set(1)])] });
    network.current.drop();
    await clock.advance(1_000);
    expect(network.current.lastStream.args).toEqual(['dsg_1', { epoch: 'e1', revision: 1 }]);
  });

  test('Asks again from its position when a frame is missing', async () => {
    const { clock, network, session, frame } = await open();
    frame(snapshot);
    frame({ kind: 'changes', changes: [sampleChange(2, [set(2)])] });
    const lost = network.current.lastStream;
    expect(lost.cancelled).toBe(true);
    expect(session.getStatus().state).toBe('offline');
    lost.observer.next({ kind: 'changes', changes: [sampleChange(1, [set(9)])] });
    expect(session.store.position?.revision).toBe(0);
    await clock.advance(1_000);
    expect(network.current.lastStream.args).toEqual(['dsg_1', { epoch: 'e1', revision: 0 }]);
    frame({ kind: 'changes', changes: [sampleChange(1, [set(1)]), sampleChange(2, [set(2)])] });
    expect(session.getStatus().state).toBe('live');
  });

  test('Comes back after an end that may be retried', async () => {
    const { clock, network, frame } = await open();
    frame(snapshot);
    frame({ kind: 'end', code: 'too_slow', retry: true });
    await clock.advance(1_000);
    expect(network.current.streams).toHaveLength(2);
  });

  test('Stops at an end that may not, keeps what is pending, and says why', async () => {
    const { clock, network, session, storage, frame } = await open();
    frame(snapshot);
    session.edit([set(1)]);
    frame({ kind: 'end', code: 'forbidden', retry: false });
    await clock.advance(60_000);
    expect(network.current.streams).toHaveLength(1);
    expect(session.getStatus()).toEqual({ state: 'ended', code: 'forbidden' });
    await expect(session.whenSettled()).rejects.toThrow(DesignEndedError);
    expect((await storage.load('k')).pending).toHaveLength(1);
  });

  test('Makes a new connection, with a new token, when the token has expired', async () => {
    const { clock, network, frame } = await open();
    frame(snapshot);
    frame({ kind: 'end', code: 'token_expired', retry: true });
    await clock.advance(1_000);
    expect(network.connections).toHaveLength(2);
    expect(network.current.lastStream.args[1]).toEqual({ epoch: 'e1', revision: 0 });
  });

  test('Survives a stream that breaks on a connection that lives', async () => {
    const { clock, network, frame } = await open();
    frame(snapshot);
    network.current.lastStream.observer.error(new Error('boom'));
    await clock.advance(1_000);
    expect(network.connections).toHaveLength(1);
    expect(network.current.streams).toHaveLength(2);
  });
});

describe('Submitting', () => {
  test('Sends batches in order without waiting for answers', async () => {
    const { session, submits, frame } = await open();
    frame(snapshot);
    const edits = [1, 2, 3].map((x) => session.edit([set(x)]));
    expect(submits().map((batch) => batch.batchId)).toEqual(edits.map((edit) => edit.batchId));
  });

  test('Keeps no more than 64 batches in flight', async () => {
    const { session, submits, call, frame } = await open();
    frame(snapshot);
    for (let x = 1; x <= 70; x++) session.edit([set(x)]);
    expect(submits()).toHaveLength(64);
    call(0).resolve({ status: 'committed', revision: 1, ignored: [] });
    await settle();
    expect(submits()).toHaveLength(65);
  });

  test('Answers each edit with what the server answered', async () => {
    const { session, call, frame } = await open();
    frame(snapshot);
    const [good, bad] = [session.edit([set(1)]), session.edit([set(2)])];
    const error = { code: 'property_invalid', detail: 'No.', index: 0, retryable: false };
    call(0).resolve({ status: 'committed', revision: 1, ignored: [] });
    call(1).resolve({ status: 'refused', error });
    expect(await good.result).toEqual({ status: 'committed', revision: 1, ignored: [] });
    expect(await bad.result).toEqual({ status: 'refused', error });
    expect(session.store.getNode('a')?.x).toBe(1);
  });

  test('Sends again what was not answered, under the same ids and in the same order, once the stream is back', async () => {
    const { clock, session, network, submits, call, frame } = await open();
    frame(snapshot);
    const edits = [1, 2, 3].map((x) => session.edit([set(x)]));
    call(0).resolve({ status: 'committed', revision: 1, ignored: [] });
    await settle();
    network.current.drop();
    await clock.advance(1_000);
    expect(submits()).toEqual([]);
    // The second was committed too, but its answer was lost; the first frame tells.
    frame({ kind: 'changes', changes: [sampleChange(1, [set(1)], edits[0]?.batchId), sampleChange(2, [set(2)], edits[1]?.batchId)] });
    expect(submits().map((batch) => batch.batchId)).toEqual([edits[2]?.batchId]);
    expect(await edits[1]?.result).toEqual({ status: 'committed', revision: 2, ignored: [] });
  });

  test('After a refusal that may be retried, nothing overtakes: all is sent again in order after a while', async () => {
    const { clock, session, submits, call, frame } = await open();
    frame(snapshot);
    const ids = [1, 2].map((x) => session.edit([set(x)]).batchId);
    const unavailable = { status: 'refused', error: { code: 'storage_unavailable', detail: '', retryable: true } };
    call(0).resolve(unavailable);
    await settle();
    ids.push(session.edit([set(3)]).batchId);
    expect(submits()).toHaveLength(2);
    call(1).resolve(unavailable);
    await settle();
    expect(submits()).toHaveLength(2);
    await clock.advance(1_000);
    expect(submits().slice(2).map((batch) => batch.batchId)).toEqual(ids);
    expect(session.store.getNode('a')?.x).toBe(3);
  });

  test('A batch that is refused because an earlier one is missing is not lost: both are sent again', async () => {
    const { clock, session, submits, call, frame } = await open();
    frame(snapshot);
    const ids = [1, 2].map((x) => session.edit([set(x)]).batchId);
    call(0).resolve({ status: 'refused', error: { code: 'storage_unavailable', detail: '', retryable: true } });
    call(1).resolve({ status: 'refused', error: { code: 'parent_unknown', detail: '', index: 0, retryable: false } });
    await clock.advance(1_000);
    expect(submits().slice(2).map((batch) => batch.batchId)).toEqual(ids);
  });

  test.each(['token_expired', 'unauthenticated'])('A refusal as %s costs the connection and not the batch', async (code) => {
    const { clock, session, network, submits, call, frame } = await open();
    frame(snapshot);
    const { batchId } = session.edit([set(1)]);
    call(0).resolve({ status: 'refused', error: { code, detail: '', retryable: false } });
    await clock.advance(1_000);
    expect(network.connections).toHaveLength(2);
    frame({ kind: 'changes', changes: [] });
    expect(submits().map((batch) => batch.batchId)).toEqual([batchId]);
  });

  test('A batch that the server fails on again and again is given up and reported', async () => {
    const { clock, session, network, frame } = await open();
    frame(snapshot);
    const edit = session.edit([set(1)]);
    for (let attempt = 0; attempt < 8; attempt++) {
      (network.current.calls.at(-1) as PendingCall).reject(new Error('An unexpected error occurred.'));
      await clock.advance(15_000);
    }
    expect(network.current.calls).toHaveLength(8);
    expect(await edit.result).toMatchObject({ status: 'refused', error: { code: 'submit_failed', retryable: false } });
    expect(session.store.pendingCount).toBe(0);
  });

  test('A batch that would not fit into a message is refused before anything is applied', async () => {
    const { session, submits, frame } = await open();
    frame(snapshot);
    const large: Operation = { op: 'node.set', id: 'a', patch: { label: 'é'.repeat(150_000) } };
    expect(() => session.edit([large])).toThrow(BatchTooLargeError);
    expect(session.store.pendingCount).toBe(0);
    expect(submits()).toEqual([]);
  });
});

describe('Undo', () => {
  test('Waits until the server has what came before it', async () => {
    const { session, network, call, frame } = await open();
    frame(snapshot);
    session.edit([set(1)]);
    const undo = session.undo();
    await settle();
    expect(network.current.calls).toHaveLength(1);
    call(0).resolve({ status: 'committed', revision: 1, ignored: [] });
    await settle();
    expect(network.current.calls[1]).toMatchObject({ method: 'Undo', args: ['dsg_1'] });
    call(1).resolve({ status: 'committed', revision: 2, ignored: [] });
    expect(await undo).toEqual({ status: 'committed', revision: 2, ignored: [] });
  });

  test('Without a connection is refused, and so is one whose outcome is lost', async () => {
    const { session, network, frame } = await open();
    expect(await session.undo()).toMatchObject({ status: 'refused', error: { code: 'offline', retryable: true } });
    frame(snapshot);
    const redo = session.redo();
    await settle();
    network.current.drop();
    expect(await redo).toMatchObject({ status: 'refused', error: { code: 'connection_lost', retryable: false } });
  });
});

describe('Storage', () => {
  test('A new session shows and sends what the last one could not, from where it was', async () => {
    const first = await open();
    first.frame(snapshot);
    first.frame({ kind: 'changes', changes: [sampleChange(1, [set(1)])] });
    first.network.down = new Error('down');
    first.network.current.drop();
    const edits = [first.session.edit([set(2)]), first.session.edit([set(3)])];
    await first.session.close();
    await expect(edits[0]?.result).rejects.toThrow(SessionClosedError);

    const second = await open(first.storage);
    expect(second.session.store.getNode('a')?.x).toBe(3);
    expect(second.network.current.lastStream.args).toEqual(['dsg_1', { epoch: 'e1', revision: 1 }]);
    second.frame({ kind: 'changes', changes: [] });
    expect(second.submits().map((batch) => batch.batchId)).toEqual(edits.map((edit) => edit.batchId));
  });

  test('Forgets a batch when it is committed or refused', async () => {
    const { session, storage, call, frame } = await open();
    frame(snapshot);
    session.edit([set(1)]);
    session.edit([set(2)]);
    await settle();
    expect((await storage.load('k')).pending).toHaveLength(2);
    call(0).resolve({ status: 'committed', revision: 1, ignored: [] });
    call(1).resolve({ status: 'refused', error: { code: 'x', detail: '', retryable: false } });
    await settle();
    expect((await storage.load('k')).pending).toEqual([]);
  });

  test('Saves the committed document once in a while, not with every change', async () => {
    const { clock, storage, frame } = await open();
    frame(snapshot);
    frame({ kind: 'changes', changes: [sampleChange(1, [set(1)])] });
    expect((await storage.load('k')).document).toBeNull();
    await clock.advance(1_000);
    expect((await storage.load('k')).document).toMatchObject({ revision: 1, nodes: [{ id: 'a', x: 1 }] });
  });

  test('A storage that fails is reported and does not stop the editing', async () => {
    const broken = new MemoryStorage();
    const failures: unknown[] = [];
    broken.load = () => Promise.reject(new Error('quota'));
    broken.putBatch = () => Promise.reject(new Error('quota'));
    const network = new ScriptedNetwork();
    const link = new Link({ connect: network.connect, clock: new ManualClock() });
    const session = await DesignSession.open({ designId: 'd', link, storage: broken, storageKey: 'k', onStorageError: (error) => failures.push(error) });
    await settle();
    network.current.lastStream.observer.next(snapshot);
    session.edit([set(1)]);
    await settle();
    expect(failures).toHaveLength(2);
    expect(network.current.calls).toHaveLength(1);
    await session.close();
  });
});
