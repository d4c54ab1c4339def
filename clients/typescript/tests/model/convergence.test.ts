import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  DesignSession, Link, MemoryStorage, fromDocument, jsonEqual, orderAt, toDocument,
  type DesignDocument, type Edit, type Operation, type SubmitResult,
} from '../../src/index.js';
import { ModelServer } from './modelServer.js';
import { Simulation } from './simulation.js';

/** One user at one machine: what is stored survives, the session does not. */
class Peer {
  readonly name: string;
  readonly storage = new MemoryStorage();
  readonly edits: Edit[] = [];
  /** What the edits' promises answered. */
  readonly results = new Map<string, SubmitResult>();
  /** Batches of which any session of this user learned that they were refused. */
  readonly refused = new Set<string>();
  readonly #simulation: Simulation;
  readonly #designId: string;
  session: DesignSession | null = null;
  #link: Link | null = null;

  constructor(simulation: Simulation, designId: string, name: string) {
    this.#simulation = simulation;
    this.#designId = designId;
    this.name = name;
  }

  async start(): Promise<void> {
    const clock = this.#simulation.clock(this.name);
    this.#link = new Link({ connect: this.#simulation.connector(this.name), clock });
    this.session = await DesignSession.open({
      designId: this.#designId, link: this.#link, storage: this.storage, storageKey: 'key', clock,
      onStorageError: (error) => { throw error; },
    });
    this.session.store.onSettled((settlement) => {
      if ('refused' in settlement) this.refused.add(settlement.batch.batchId);
    });
  }

  /** Ends the session: properly, or as a crash does. */
  async reload(crash: boolean): Promise<void> {
    if (crash) this.#simulation.kill(this.name);
    const closing = this.session?.close();
    if (!crash) await closing;
    this.#simulation.kill(this.name);
    await this.#link?.close();
    await this.start();
  }

  edit(operations: readonly Operation[]): void {
    if (this.session === null || this.session.store.getSnapshot() === null) return;
    const edit = this.session.edit(operations);
    this.edits.push(edit);
    edit.result.then((result) => this.results.set(edit.batchId, result), () => undefined);
  }
}

/** Operations on what the peer sees, some of them on what is gone, in the way or wrong. */
function invent(peer: Peer, random: () => number, serial: number): Operation[] {
  const store = peer.session?.store;
  const content = store?.getSnapshot();
  if (!store || !content) return [];
  const pick = <T>(items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)];
  const nodes = [...content.nodes.keys(), 'gone'];
  const connections = [...content.connections.keys(), 'gone'];
  const one = (): Operation => {
    const parent = random() < 0.4 ? pick([...content.nodes.keys()]) : undefined;
    // Few names, so that peers choose the same one at the same time.
    const id = random() < 0.2 ? `n${Math.floor(random() * 4)}` : `${peer.name}-${serial}-${Math.floor(random() * 1e6)}`;
    switch (Math.floor(random() * 10)) {
      case 0: case 1: case 2: {
        const order = random() < 0.3 ? { order: orderAt(content, parent ?? '', Math.floor(random() * 3)) } : {};
        const props = { value: serial, nested: { a: 1 } };
        const type = random() < 0.05 ? 'unknown' : 'text';
        return { op: 'node.add', node: { id, type, x: serial, y: 0, ...order, ...(parent !== undefined && { parent }), ...(random() < 0.5 && { props }) } };
      }
      case 3: case 4:
        return { op: 'node.set', id: pick(nodes) as string, patch: { x: serial, label: random() < 0.3 ? null : `by ${peer.name}`, props: { nested: { a: random() < 0.5 ? null : serial, [peer.name]: serial } } } };
      case 5:
        return { op: 'node.set', id: pick(nodes) as string, patch: { parent: random() < 0.3 ? null : (pick(nodes) as string) } };
      case 6:
        return { op: 'node.remove', id: pick(nodes) as string };
      case 7:
        return { op: 'connection.add', connection: { id: `c-${id}`, from: { node: pick(nodes) as string, port: 'out' }, to: { node: pick(nodes) as string, port: 'in' } } };
      case 8:
        return random() < 0.5
          ? { op: 'connection.remove', id: pick(connections) as string }
          : { op: 'connection.set', id: pick(connections) as string, patch: { to: { node: pick(nodes) as string }, props: { weight: serial } } };
      default:
        return { op: 'design.set', patch: { name: `Named by ${peer.name}`, description: random() < 0.5 ? null : `${serial}` } };
    }
  };
  return Array.from({ length: 1 + Math.floor(random() * 3) }, one);
}

/** The same document in one spelling, whatever order its parts come in. */
function canonical(document: DesignDocument | null): DesignDocument | null {
  return document && toDocument(fromDocument(document));
}

type Kind = 'edit' | 'disconnect' | 'crash' | 'reload' | 'undo' | 'storage fails' | 'backup restored';

interface Action {
  readonly peer: number;
  readonly kind: Kind;
  /** How much happens before the next action. */
  readonly steps: number;
}

const action = (rare: readonly Kind[]): fc.Arbitrary<Action> => fc.record({
  peer: fc.nat(2),
  kind: fc.oneof(
    { weight: 10, arbitrary: fc.constant<Kind>('edit') },
    { weight: 2, arbitrary: fc.constant<Kind>('disconnect') },
    { weight: 1, arbitrary: fc.constantFrom(...rare) },
  ),
  steps: fc.nat(12),
});

test.each<[string, readonly Kind[]]>([
  ['Any number of clients ends equal to the server, with each batch committed once or reported refused',
    ['crash', 'reload', 'undo', 'storage fails']],
  ['After a restored backup all clients end equal to the server again', ['crash', 'reload', 'backup restored']],
])('%s', async (_, rare) => {
  // What was committed after the backup was made is lost with it; only equality can be asked for then.
  const exactlyOnce = !rare.includes('backup restored');
  let commits = 0;
  let resumes = 0;
  await fc.assert(fc.asyncProperty(fc.array(action(rare), { minLength: 10, maxLength: 60 }), fc.nat(12), fc.integer(), async (actions, ring, seed) => {
    const server = new ModelServer(ring);
    const simulation = new Simulation(server, seed);
    const peers = ['ann', 'bob', 'cat'].map((name) => new Peer(simulation, server.designId, name));
    for (const peer of peers) await peer.start();
    simulation.connectFailures = 0.3;
    await simulation.run(30);

    let serial = 0;
    for (const { peer: index, kind, steps } of actions) {
      const peer = peers[index] as Peer;
      switch (kind) {
        case 'edit':
          peer.edit(invent(peer, simulation.random, ++serial));
          break;
        case 'disconnect':
          simulation.disconnect(peer.name);
          break;
        case 'crash':
        case 'reload':
          resumes++;
          await peer.reload(kind === 'crash');
          break;
        case 'undo':
          void peer.session?.undo().catch(() => undefined);
          break;
        case 'storage fails':
          server.storageFailures = 3;
          break;
        case 'backup restored':
          // The server does not run meanwhile.
          for (const { name } of peers) simulation.disconnect(name);
          server.restoreBackup(Math.floor(server.revision / 2));
          break;
      }
      await simulation.run(steps);
    }
    server.storageFailures = 0;
    simulation.connectFailures = 0;
    await simulation.finish();

    const truth = canonical(server.document);
    const times = new Map<string, number>();
    for (const change of server.journal) times.set(change.batchId, (times.get(change.batchId) ?? 0) + 1);
    commits += server.revision;
    for (const peer of peers) {
      const store = (peer.session as DesignSession).store;
      expect(store.pendingCount).toBe(0);
      expect(store.committed).toEqual(truth);
      expect(store.document).toEqual(truth);
      // The indexes that edits maintain are those of a document read afresh.
      const fresh = fromDocument(server.document).content;
      const shown = store.getSnapshot();
      for (const id of ['', ...fresh.nodes.keys()]) {
        expect([...(shown?.children.get(id)?.entries() ?? [])].sort()).toEqual([...(fresh.children.get(id)?.entries() ?? [])].sort());
        expect([...(shown?.touching.get(id)?.keys() ?? [])].sort()).toEqual([...(fresh.touching.get(id)?.keys() ?? [])].sort());
      }
      for (const { batchId } of exactlyOnce ? peer.edits : []) {
        expect(times.get(batchId) ?? 0).toBe(peer.refused.has(batchId) ? 0 : 1);
        const result = peer.results.get(batchId);
        if (result?.status === 'committed') expect(server.journal[result.revision - 1]?.batchId).toBe(batchId);
        if (result?.status === 'refused') expect(peer.refused).toContain(batchId);
      }
      // What the storage holds for the next start agrees as well.
      const stored = await peer.storage.load('key');
      expect(stored.pending).toEqual([]);
      expect(jsonEqual(canonical(stored.document), truth)).toBe(true);
    }
  }), { numRuns: Number(process.env['SIMULATIONS'] ?? 300) });
  // A run that hardly did anything would prove nothing.
  expect(commits).toBeGreaterThan(500);
  expect(resumes).toBeGreaterThan(50);
});
