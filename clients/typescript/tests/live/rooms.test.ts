import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LiveServer, newDesign, noServer, register, until, type LiveUser } from './server.js';

describe.skipIf(noServer !== null)(`Rooms on a real server${noServer === null ? '' : ` (skipped: ${noServer})`}`, { timeout: 60_000 }, () => {
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

  test('People see who comes and goes, where they point and what they say', async () => {
    const { projectId, designId } = await newDesign(ann);
    await ann.client.members.add(projectId, { accountId: bob.id, role: 'editor' });
    const room = ann.client.openRoom(projectId);
    await until(room.subscribe, () => room.getSnapshot().participants.has(ann.id));
    const other = bob.client.openRoom(projectId);
    await until(room.subscribe, () => room.getSnapshot().participants.get(bob.id)?.name === 'bob');
    await until(other.subscribe, () => other.getSnapshot().participants.has(ann.id));

    for (let x = 0; x <= 50; x++) other.moveCursor({ designId, x, y: 7, selection: ['n1'] });
    await until(room.subscribe, () => room.getSnapshot().cursors.get(bob.id)?.x === 50);
    expect(room.getSnapshot().cursors.get(bob.id)).toEqual({ participantId: bob.id, designId, x: 50, y: 7, selection: ['n1'] });

    expect(await other.say('Hello')).toMatchObject({ status: 'said', message: { text: 'Hello', author: { id: bob.id, kind: 'user' } } });
    await until(room.subscribe, () => room.getSnapshot().messages.some(({ text }) => text === 'Hello'));

    other.close();
    await until(room.subscribe, () => !room.getSnapshot().participants.has(bob.id));
    expect(room.getSnapshot().cursors.has(bob.id)).toBe(false);
    room.close();
  });

  test('Messages missed while away arrive on return, in order and once', async () => {
    const { projectId } = await newDesign(ann);
    await ann.client.members.add(projectId, { accountId: bob.id, role: 'editor' });
    const away = bob.another();
    const [room, other] = [ann.client.openRoom(projectId), away.openRoom(projectId)];
    await until(room.subscribe, () => room.getSnapshot().live);
    await until(other.subscribe, () => other.getSnapshot().live);
    const texts = Array.from({ length: 20 }, (_, i) => `message ${i}`);
    for (const [i, text] of texts.entries()) {
      await room.say(text);
      // Waiting for it, then losing the connection, leaves a position in the middle.
      if (i === 9) {
        await until(other.subscribe, () => other.getSnapshot().messages.length === 10);
        away.link.reconnect();
      }
    }
    await until(other.subscribe, () => other.getSnapshot().messages.length >= 20);
    expect(other.getSnapshot().messages.map((message) => message.text)).toEqual(texts);
    room.close();
    other.close();
    await away.close();
  });

  test('Who is no member ends with a reason', async () => {
    const { projectId } = await newDesign(ann);
    const room = bob.client.openRoom(projectId);
    await until(room.subscribe, () => room.getSnapshot().ended !== null);
    expect(['forbidden', 'not_found']).toContain(room.getSnapshot().ended);
    room.close();
  });
});
