import { describe, expect, test, vi } from 'vitest';
import { CommentsSession, Link, RoomSession, type CommentsSessionOptions, type CommentThread, type RoomFrame, type ThreadPage } from '../../src/index.js';
import { ManualClock, ScriptedNetwork, settle } from '../scripted.js';

const ann = { id: 'usr_1', name: 'Ann', kind: 'user' } as const;
const thread = (id: string, version: number): CommentThread => ({
  id, version, anchor: {}, orphaned: false, createdAt: 'now', updatedAt: 'now',
  comments: [{ id: `cmt_${id}`, author: ann, text: `v${version}`, mentions: [], at: 'now', deleted: false }],
});
const page = (version: number, items: readonly CommentThread[], others: Partial<ThreadPage> = {}): ThreadPage => ({ items, version, nextCursor: null, removed: [], ...others });
const state: RoomFrame = { kind: 'state', sequence: 0, participants: [], cursors: [], messages: [] };

async function open(...pages: readonly (ThreadPage | Error)[]) {
  const clock = new ManualClock();
  const network = new ScriptedNetwork();
  const room = new RoomSession({ projectId: 'prj_1', link: new Link({ connect: network.connect, clock }), clock });
  const list = vi.fn<CommentsSessionOptions['list']>();
  for (const answer of pages) {
    if (answer instanceof Error) list.mockRejectedValueOnce(answer);
    else list.mockResolvedValueOnce(answer);
  }
  const comments = new CommentsSession({ designId: 'dsg_1', room, list, clock });
  await settle();
  const frame = (next: RoomFrame): void => network.current.lastStream.observer.next(next);
  const versions = () => [...comments.getSnapshot().threads].map(([id, { version }]) => `${id}@${version}`);
  return { clock, room, list, comments, frame, versions };
}

describe('Comments of a design', () => {
  test('Are listed to the last page and then changed by what the room tells', async () => {
    const { list, comments, frame, versions } = await open(page(2, [thread('a', 1)], { nextCursor: 'c' }), page(2, [thread('b', 2)]));
    expect(list.mock.calls.map(([, filters]) => filters)).toEqual([{ limit: 100, since: 0 }, { limit: 100, since: 0, cursor: 'c' }]);
    expect(comments.getSnapshot()).toMatchObject({ loaded: true, version: 2 });
    frame({ kind: 'comments', designId: 'dsg_1', version: 3, threads: [thread('a', 3)], removed: ['b'] });
    frame({ kind: 'comments', designId: 'dsg_other', version: 9, threads: [thread('x', 9)], removed: [] });
    expect(versions()).toEqual(['a@3']);
  });

  test('Are asked for what changed when the room may have missed something, and nothing goes back', async () => {
    const { list, frame, versions } = await open(page(1, [thread('a', 1)]), page(5, [thread('b', 5), thread('a', 2)], { removed: ['c'] }));
    frame({ kind: 'comments', designId: 'dsg_1', version: 4, threads: [thread('a', 4), thread('c', 3)], removed: [] });
    frame({ kind: 'comments', missed: true });
    await settle();
    expect(list.mock.lastCall?.[1]).toEqual({ limit: 100, since: 1 });
    expect(versions()).toEqual(['a@4', 'b@5']);
  });

  test('Are listed again after each connection, and after a failure', async () => {
    const { clock, list, comments, frame } = await open(new Error('away'), page(1, [thread('a', 1)]), page(1, []));
    expect(comments.getSnapshot().loaded).toBe(false);
    await clock.advance(1_000);
    expect(comments.getSnapshot().loaded).toBe(true);
    frame(state);
    await settle();
    expect(list).toHaveBeenCalledTimes(3);
    comments.close();
    frame(state);
    expect(list).toHaveBeenCalledTimes(3);
  });
});

describe('A room', () => {
  test('Shows the notifications that come, each once', async () => {
    const { room, frame } = await open(page(0, []), page(0, []));
    frame(state);
    const notification = { id: 'ntf_1', sequence: 1, kind: 'mention', title: 'T', text: '', at: 'now' };
    frame({ kind: 'notifications', notifications: [notification] });
    frame({ kind: 'notifications', notifications: [notification, { ...notification, id: 'ntf_2' }] });
    expect(room.getSnapshot().notifications.map(({ id }) => id)).toEqual(['ntf_1', 'ntf_2']);
  });
});
