import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generator } from '../model/simulation.js';
import { inventEdit } from './edits.js';
import { expectEqual, expectOnce } from './expectations.js';
import { LiveServer, newDesign, noSilo, register, until, type LiveUser } from './server.js';

describe.skipIf(noSilo !== null)(`A server that is killed${noSilo === null ? '' : ` (skipped: ${noSilo})`}`, { timeout: 120_000 }, () => {
  let server: LiveServer;
  let user: LiveUser;

  beforeAll(async () => {
    server = await LiveServer.start({ own: true });
    user = await register(server, 'ann');
  }, 60_000);

  afterAll(async () => {
    await user?.client.close();
    await server?.stop();
  });

  test('And started again finds its clients carrying on by themselves, with each edit committed exactly once', async () => {
    const { designId } = await newDesign(user);
    const clients = [user.another(), user.another(), user.another()];
    const sessions = await Promise.all(clients.map((client) => client.openDesign(designId)));
    await Promise.all(sessions.map((session) => session.whenLoaded()));
    const random = generator(2);
    const batches = new Set<string>();
    const acknowledged: Promise<unknown>[] = [];
    let serial = 0;
    const edit = (times: number): void => {
      for (let i = 0; i < times; i++) {
        for (const session of sessions) {
          const { batchId, result } = session.edit(inventEdit(session, random, ++serial));
          batches.add(batchId);
          acknowledged.push(result);
        }
      }
    };
    for (let round = 0; round < 3; round++) {
      edit(100);
      // Some are stored, some are on their way, some are not sent yet.
      await Promise.race(acknowledged.slice(-300));
      await server.kill();
      await Promise.all(clients.map(({ link }) => until(link.subscribe, () => link.getStatus() !== 'connected')));
      edit(20);
      await server.restart();
    }
    await expectEqual(user, designId, sessions);
    expect(await Promise.all(acknowledged)).toEqual(acknowledged.map(() => expect.objectContaining({ status: 'committed' })));
    await expectOnce(user, designId, batches);
    await Promise.all(sessions.map((session) => session.close()));
    await Promise.all(clients.map((client) => client.close()));
  });
});
