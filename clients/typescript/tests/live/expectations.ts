import { expect } from 'vitest';
import { fromDocument, toDocument, type DesignDocument, type DesignSession } from '../../src/index.js';
import { until, type LiveUser } from './server.js';

/** Waits until all sessions have sent everything and stand at the server's revision, and compares them with it. */
export async function expectEqual(user: LiveUser, designId: string, sessions: readonly DesignSession[]): Promise<void> {
  await Promise.all(sessions.map((session) => session.whenSettled()));
  const truth = await user.client.designs.get(designId);
  for (const { store } of sessions) {
    await until(store.subscribeCommitted, () => (store.position?.revision ?? -1) >= truth.revision);
    expect(comparable(store.committed)).toEqual(comparable(truth));
    expect(comparable(store.document)).toEqual(comparable(truth));
  }
}

/** The batch ids of a design's whole history after its creation, which is revision 1; oldest first. */
export async function committedBatches(user: LiveUser, designId: string): Promise<string[]> {
  const ids: string[] = [];
  for (let after = 1; ;) {
    const { items } = await user.client.designs.changes(designId, after, { limit: 100 });
    const last = items.at(-1);
    if (last === undefined) return ids;
    ids.push(...items.map((change) => change.batchId));
    after = last.revision;
  }
}

/** Each of the batches is in the history exactly once. */
export async function expectOnce(user: LiveUser, designId: string, batches: ReadonlySet<string>): Promise<void> {
  const committed = (await committedBatches(user, designId)).filter((id) => batches.has(id));
  expect(new Set(committed)).toEqual(batches);
  expect(committed).toHaveLength(batches.size);
}

/** The same document in one spelling, without the time of the last change, which a design's list entry may round. */
function comparable(document: DesignDocument | null): Omit<DesignDocument, 'updatedAt'> | null {
  if (document === null) return null;
  const { updatedAt: _, ...rest } = toDocument(fromDocument(document));
  return rest;
}
