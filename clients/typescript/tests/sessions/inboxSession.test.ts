import { describe, expect, test } from 'vitest';
import { InboxSession, Link, type Notification, type NotificationFrame } from '../../src/index.js';
import { ManualClock, ScriptedNetwork, settle } from '../scripted.js';

const notification = (sequence: number): Notification => ({ id: `ntf_${sequence}`, sequence, kind: 'system', title: `n${sequence}`, text: '', at: 'now' });

async function open() {
  const clock = new ManualClock();
  const network = new ScriptedNetwork();
  const inbox = new InboxSession({ link: new Link({ connect: network.connect, clock }), clock });
  const arrived: string[] = [];
  inbox.onArrival(({ id }) => arrived.push(id));
  await settle();
  const frame = (next: NotificationFrame): void => network.current.lastStream.observer.next(next);
  return { clock, network, inbox, arrived, frame };
}

const state: NotificationFrame = { kind: 'state', sequence: 2, unread: 2, dropped: 0, notifications: [notification(1), notification(2)] };
const nothing = { delivered: [], read: [], deleted: [] };

describe('An inbox', () => {
  test('Shows what is there, newest first, and tells only of what comes', async () => {
    const { inbox, arrived, frame, network } = await open();
    expect(network.current.lastStream).toMatchObject({ method: 'WatchNotifications', args: [null] });
    frame(state);
    frame({ ...nothing, kind: 'changed', sequence: 3, unread: 3, dropped: 0, delivered: [notification(3)] });
    expect(inbox.getSnapshot()).toMatchObject({ live: true, unread: 3 });
    expect(inbox.getSnapshot().notifications.map(({ id }) => id)).toEqual(['ntf_3', 'ntf_2', 'ntf_1']);
    expect(arrived).toEqual(['ntf_3']);
  });

  test('Follows what was read and deleted elsewhere', async () => {
    const { inbox, frame } = await open();
    frame(state);
    frame({ kind: 'changed', sequence: 4, unread: 0, dropped: 0, delivered: [], read: ['ntf_1'], deleted: ['ntf_2'] });
    expect(inbox.getSnapshot().notifications).toMatchObject([{ id: 'ntf_1', readAt: expect.any(String) }]);
    expect(inbox.getSnapshot().unread).toBe(0);
  });

  test('After a loss it asks for what it missed and tells nothing twice', async () => {
    const { clock, network, inbox, arrived, frame } = await open();
    frame(state);
    network.current.drop();
    expect(inbox.getSnapshot().live).toBe(false);
    await clock.advance(1_000);
    expect(network.current.lastStream).toMatchObject({ method: 'WatchNotifications', args: [2] });
    frame({ ...nothing, kind: 'changed', sequence: 3, unread: 3, dropped: 0, delivered: [notification(2), notification(3)] });
    expect(arrived).toEqual(['ntf_3']);
    frame({ kind: 'state', sequence: 9, unread: 1, dropped: 0, notifications: [notification(3), notification(9)] });
    expect(arrived).toEqual(['ntf_3', 'ntf_9']);
    expect(inbox.getSnapshot().notifications.map(({ id }) => id)).toEqual(['ntf_9', 'ntf_3']);
  });

  test('An end that may not be retried is kept', async () => {
    const { inbox, frame } = await open();
    frame({ kind: 'end', code: 'forbidden', retry: false });
    expect(inbox.getSnapshot()).toMatchObject({ live: false, ended: 'forbidden' });
  });
});
