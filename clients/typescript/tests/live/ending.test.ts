import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LiveServer, noServer } from './server.js';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..', '..');

/** A program that loses its connection often and reads slowly. Nothing in it makes it exit. */
const program = `
import { ActorsClient, MemoryStorage } from './client/index.js';

const baseUrl = process.argv[2];
const writer = new ActorsClient({ baseUrl, storage: new MemoryStorage(), backoff: { initial: 5, longest: 50 } });
await writer.auth.register({ email: process.argv[3], password: 'a Long enough pass-phrase 7', name: 'writer' });
const { id: projectId } = await writer.projects.create({ name: 'Ending' });
const { id } = await writer.designs.create(projectId, { name: 'Ending', kind: 'wireframe' });
const reader = new ActorsClient({ baseUrl, storage: new MemoryStorage(), backoff: { initial: 5, longest: 50 } });
reader.tokens.set({ user: writer.tokens.user, accessToken: await writer.tokens.accessToken(), refreshToken: '', expiresAt: '2999-01-01T00:00:00Z' });
const [writing, reading, room] = [await writer.openDesign(id), await reader.openDesign(id), reader.openRoom(projectId)];
const busy = new Int32Array(new SharedArrayBuffer(4));
reading.store.subscribe(() => Atomics.wait(busy, 0, 0, 2));
await Promise.all([writing.whenLive(), reading.whenLive()]);
let edits = 0;
for (let round = 0; round < 30; round++) {
  for (let i = 0; i < 10; i++) writing.edit([{ op: 'node.add', node: { id: 'n' + edits++, type: 'frame', x: i, y: round } }]);
  room.moveCursor({ designId: id, x: round, y: 0, selection: [] });
  const back = new Promise((resolve) => {
    let lost = false;
    const leave = reading.subscribeStatus(() => {
      if (reading.getStatus().state !== 'live') lost = true;
      else if (lost) resolve(leave());
    });
  });
  reader.link.reconnect();
  await back;
}
await writing.whenSettled();
await new Promise((resolve) => {
  const look = () => reading.store.position.revision >= writing.store.position.revision && resolve();
  reading.store.subscribeCommitted(look);
  look();
});
console.log(reading.store.getSnapshot().nodes.size);
room.close();
await reading.close();
await writing.close();
await reader.close();
await writer.close();
`;

describe.skipIf(noServer !== null)(`A program that is done${noServer === null ? '' : ` (skipped: ${noServer})`}`, { timeout: 60_000 }, () => {
  let server: LiveServer;
  let folder: string;

  beforeAll(async () => {
    server = await LiveServer.start();
    // Below the package, so that the program finds what the package depends on.
    folder = await mkdtemp(join(root, 'node_modules', '.ending-'));
    await writeFile(join(folder, 'package.json'), '{"type":"module"}');
    await writeFile(join(folder, 'program.js'), program);
    await run(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '--project', join(root, 'tsconfig.build.json'), '--outDir', join(folder, 'client')]);
  }, 60_000);

  afterAll(async () => {
    await server?.stop();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });

  test('Ends by itself, because closing leaves no timer and no socket, however often it reconnected', async () => {
    const email = `ending-${crypto.randomUUID()}@example.com`;
    const { stdout } = await run(process.execPath, [join(folder, 'program.js'), server.url, email], { timeout: 50_000 });
    expect(stdout.trim()).toBe('300');
  }, 60_000);
});
