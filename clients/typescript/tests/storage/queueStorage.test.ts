import 'fake-indexeddb/auto';
import { appendFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { IndexedDbStorage, MemoryStorage, newUuid, type Batch, type QueueStorage } from '../../src/index.js';
import { FileStorage } from '../../src/node/index.js';
import { sampleDesign, sampleNode } from '../samples.js';

const folders: string[] = [];

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'actors-client-'));
  folders.push(folder);
  return folder;
}

afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

const batch = (x: number): Batch => ({ batchId: newUuid(), baseRevision: x, operations: [{ op: 'node.set', id: 'a', patch: { x } }] });
const document = sampleDesign({ nodes: [sampleNode('a')] });

/** Makes a storage, and the same one again as a program that starts anew would. */
type Factory = () => Promise<() => QueueStorage>;

const storages: [string, Factory][] = [
  ['MemoryStorage', () => {
    const storage = new MemoryStorage();
    return Promise.resolve(() => storage);
  }],
  ['FileStorage', async () => {
    const folder = await temporaryFolder();
    return () => new FileStorage(folder);
  }],
  ['IndexedDbStorage', () => {
    const name = newUuid();
    return Promise.resolve(() => new IndexedDbStorage(name));
  }],
];

describe.each(storages)('%s', (_, factory) => {
  test('Knows nothing of a new key', async () => {
    const open = await factory();
    expect(await open().load('usr_1/dsg_1')).toEqual({ document: null, pending: [] });
  });

  test('Gives back the last document and the batches in order after a restart', async () => {
    const open = await factory();
    const storage = open();
    await storage.load('k');
    const batches = Array.from({ length: 12 }, (_unused, x) => batch(x));
    for (const each of batches) await storage.putBatch('k', each);
    await storage.saveDocument('k', document);
    await storage.saveDocument('k', { ...document, revision: 7 });
    expect(await open().load('k')).toEqual({ document: { ...document, revision: 7 }, pending: batches });
  });

  test('A batch that is put again is replaced and keeps its place', async () => {
    const open = await factory();
    const storage = open();
    await storage.load('k');
    const [first, second] = [batch(1), batch(2)];
    const rewritten = { ...first, operations: [] };
    for (const each of [first, second, rewritten]) await storage.putBatch('k', each);
    expect((await open().load('k')).pending).toEqual([rewritten, second]);
  });

  test('Removes the batches named, and none that is not there', async () => {
    const open = await factory();
    const storage = open();
    await storage.load('k');
    const batches = [batch(1), batch(2), batch(3)];
    for (const each of batches) await storage.putBatch('k', each);
    await storage.removeBatches('k', [batches[0]?.batchId ?? '', batches[2]?.batchId ?? '', 'unknown']);
    expect((await open().load('k')).pending).toEqual([batches[1]]);
  });

  test('Keeps keys apart, also when one is cleared', async () => {
    const open = await factory();
    const storage = open();
    const [mine, yours] = [batch(1), batch(2)];
    for (const [key, each] of [['usr_1/d', mine], ['usr_2/d', yours]] as const) {
      await storage.load(key);
      await storage.putBatch(key, each);
      await storage.saveDocument(key, document);
    }
    await storage.clear('usr_1/d');
    expect(await open().load('usr_1/d')).toEqual({ document: null, pending: [] });
    expect(await open().load('usr_2/d')).toEqual({ document, pending: [yours] });
  });
});

test('FileStorage passes over a last line that a crash cut off, and goes on after it', async () => {
  const folder = await temporaryFolder();
  const storage = new FileStorage(folder);
  await storage.load('k');
  const [first, second] = [batch(1), batch(2)];
  await storage.putBatch('k', first);
  const log = (await readdir(folder)).find((name) => name.endsWith('.jsonl')) ?? '';
  await appendFile(join(folder, log), '{"put":{"batchId":"cut o');
  const again = new FileStorage(folder);
  expect((await again.load('k')).pending).toEqual([first]);
  await again.putBatch('k', second);
  expect((await new FileStorage(folder).load('k')).pending).toEqual([first, second]);
});
