import { describe, expect, test } from 'vitest';
import { Link, RoomSession, type ChatMessage, type RoomFrame } from '../../src/index.js';
import { ManualClock, ScriptedNetwork, settle, type PendingCall } from '../scripted.js';

const ann = { id: 'usr_1', name: 'Ann', kind: 'user' } as const;
const bot = { id: 'agt_1', name: 'Bot', kind: 'agent' } as const;
const cursor = (participantId: string, x: number) => ({ participantId, designId: 'dsg_1', x, y: 0, selection: [] });
const message = (sequence: number): ChatMessage => ({ sequence, at: 'now', author: ann, text: `m${sequence}` });

async function open() {
  const clock = new ManualClock();
  const network = new ScriptedNetwork();
  const room = new RoomSession({ projectId: 'prj_1', link: new Link({ connect: network.connect, clock }), clock, history: 3 });
  await settle();
  const frame = (next: RoomFrame): void => network.current.lastStream.observer.next(next);
  return { clock, network, room, frame };
}

const state: RoomFrame = { kind: 'state', sequence: 2, participants: [ann], cursors: [cursor('usr_1', 1)], messages: [message(1), message(2)] };

describe('A room', () => {
  test('Shows who is there, where they point and what they said', async () => {
    const { room, frame } = await open();
    frame(state);
    frame({ kind: 'presence', joined: [bot], left: [] });
    frame({ kind: 'cursors', cursors: [cursor('agt_1', 5), cursor('usr_1', 6)] });
    frame({ kind: 'messages', messages: [message(3)] });
    const { live, participants, cursors, messages } = room.getSnapshot();
    expect(live).toBe(true);
    expect([...participants.values()]).toEqual([ann, bot]);
    expect([...cursors.values()].map(({ x }) => x)).toEqual([6, 5]);
    expect(messages.map(({ text }) => text)).toEqual(['m1', 'm2', 'm3']);
  });

  test('Who leaves takes the cursor along', async () => {
    const { room, frame } = await open();
    frame(state);
    frame({ kind: 'presence', joined: [], left: ['usr_1'] });
    expect(room.getSnapshot().participants.size).toBe(0);
    expect(room.getSnapshot().cursors.size).toBe(0);
  });

  test('After a loss it asks for the messages it missed and shows none twice', async () => {
    const { clock, network, room, frame } = await open();
    frame(state);
    frame({ kind: 'messages', messages: [message(3)] });
    network.current.drop();
    expect(room.getSnapshot().live).toBe(false);
    await clock.advance(1_000);
    expect(network.current.lastStream).toMatchObject({ method: 'WatchRoom', args: ['prj_1', 3] });
    frame({ kind: 'state', sequence: 4, participants: [bot], cursors: [], messages: [message(3), message(4)] });
    expect(room.getSnapshot().messages.map(({ sequence }) => sequence)).toEqual([2, 3, 4]);
    expect([...room.getSnapshot().participants.keys()]).toEqual(['agt_1']);
  });

  test('A kind of frame that this version does not know is passed over', async () => {
    const { room, frame } = await open();
    frame(state);
    frame({ kind: 'weather' } as unknown as RoomFrame);
    expect(room.getSnapshot().live).toBe(true);
  });

  test('Says why it ended', async () => {
    const { room, frame } = await open();
    frame({ kind: 'end', code: 'forbidden', retry: false });
    expect(room.getSnapshot().ended).toBe('forbidden');
  });

  test('The cursor is sent at once, then at most 30 times a second, and its last position always', async () => {
    const { clock, network, room, frame } = await open();
    frame(state);
    const sent = (): unknown[] => network.current.sent.map(({ args }) => (args[1] as { x: number }).x);
    for (let x = 0; x < 100; x++) {
      room.moveCursor({ designId: 'dsg_1', x, y: 0, selection: [] });
      await clock.advance(10);
    }
    await clock.advance(100);
    expect(sent()[0]).toBe(0);
    expect(sent().at(-1)).toBe(99);
    expect(sent().length).toBeLessThanOrEqual(31);
    expect(sent().length).toBeGreaterThan(20);
  });

  test('The newest position moved to without a connection is sent when there is one', async () => {
    const { network, room, frame } = await open();
    room.moveCursor({ designId: 'dsg_1', x: 1, y: 0, selection: [] });
    room.moveCursor({ designId: 'dsg_1', x: 2, y: 0, selection: [] });
    frame(state);
    expect(network.current.sent).toEqual([{ method: 'MoveCursor', args: ['prj_1', { designId: 'dsg_1', x: 2, y: 0, selection: [] }] }]);
  });

  test('Saying something gives the message, or why not', async () => {
    const { network, room, frame } = await open();
    expect(await room.say('hi')).toMatchObject({ status: 'refused', error: { code: 'offline' } });
    frame(state);
    const said = room.say('hi');
    const call = network.current.calls[0] as PendingCall;
    expect(call).toMatchObject({ method: 'Say', args: ['prj_1', 'hi'] });
    call.resolve({ status: 'said', message: message(3) });
    expect(await said).toEqual({ status: 'said', message: message(3) });
  });
});
