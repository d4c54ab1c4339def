import type {
  Batch, Change, DesignConnection, DesignDocument, DesignFrame, DesignNode, Operation, Position, SubmitResult,
} from '../../src/index.js';
import { keyBetween } from '../../src/index.js';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Draft = { nodes: Map<string, DesignNode>; connections: Map<string, DesignConnection>; header: Record<string, Json> };

/**
 * The server's semantics in the plainest form: copy everything, change the copy, keep it if all is well.
 * It shares nothing with the library's way of applying operations.
 */
export class ModelServer {
  readonly designId = 'dsg_model';
  /** How many changes a client may have missed and still be sent them instead of a snapshot. */
  readonly ring: number;
  journal: Change[] = [];
  epoch = 'epoch-1';
  /** That many of the next submits find the storage unavailable. */
  storageFailures = 0;
  readonly watchers = new Set<() => void>();
  #state: Draft = { nodes: new Map(), connections: new Map(), header: { name: 'Model', kind: 'wireframe' } };
  #answers = new Map<string, SubmitResult>();
  #history: Draft[] = [];

  constructor(ring = 12) {
    this.ring = ring;
  }

  get revision(): number {
    return this.journal.length;
  }

  get document(): DesignDocument {
    return structuredClone({
      ...(this.#state.header as unknown as { name: string; kind: 'wireframe' }),
      id: this.designId,
      projectId: 'prj_model',
      createdAt: 'created',
      updatedAt: this.journal.at(-1)?.at ?? 'created',
      epoch: this.epoch,
      revision: this.revision,
      nodes: [...this.#state.nodes.values()],
      connections: [...this.#state.connections.values()],
    });
  }

  submit(author: string, batch: Batch): SubmitResult {
    const known = this.#answers.get(batch.batchId);
    if (known !== undefined) return known;
    if (this.storageFailures > 0) {
      this.storageFailures--;
      return { status: 'refused', error: { code: 'storage_unavailable', detail: 'No disk.', retryable: true } };
    }
    const draft: Draft = structuredClone(this.#state);
    const effective: Operation[] = [];
    const ignored: number[] = [];
    const renamed = new Map<string, string>();
    for (const [index, sent] of batch.operations.entries()) {
      if (sent.op === 'node.add' && sent.node.type === 'unknown') {
        return { status: 'refused', error: { code: 'type_unknown', detail: 'No such type.', index, retryable: false } };
      }
      const done = perform(draft, structuredClone(sent), renamed);
      if (done === null) ignored.push(index);
      else effective.push(done);
    }
    const revision = this.#commit(draft, batch.batchId, author, effective);
    const expected = batch.operations.filter((_, index) => !ignored.includes(index));
    const changed = JSON.stringify(expected) !== JSON.stringify(effective);
    const result: SubmitResult = { status: 'committed', revision, ignored, ...(changed && { operations: effective }) };
    this.#answers.set(batch.batchId, result);
    return result;
  }

  /** Takes back the nodes that the author's last batch added. */
  undo(author: string): SubmitResult {
    const last = this.journal.findLast((change) => change.author.id === author && !change.batchId.startsWith('undo'));
    const draft: Draft = structuredClone(this.#state);
    const operations = (last?.operations ?? []).flatMap((operation): Operation[] =>
      operation.op === 'node.add' && draft.nodes.has(operation.node.id) ? [{ op: 'node.remove', id: operation.node.id }] : []);
    const effective = operations.filter((operation) => perform(draft, operation, new Map()) !== null);
    if (effective.length === 0) return { status: 'refused', error: { code: 'nothing_to_undo', detail: '', retryable: false } };
    const revision = this.#commit(draft, `undo-${this.revision}`, author, effective);
    return { status: 'committed', revision, ignored: [], operations: effective };
  }

  /** The next frame for a reader at a position, or null when it has everything. `first` is what a new stream begins with. */
  frame(position: Position | null, first: boolean): Exclude<DesignFrame, { kind: 'end' }> | null {
    const here = position !== null && position.epoch === this.epoch && position.revision <= this.revision;
    if (!here || this.revision - position.revision > this.ring) {
      return { kind: 'snapshot', epoch: this.epoch, revision: this.revision, design: this.document };
    }
    const changes = structuredClone(this.journal.slice(position.revision));
    return changes.length > 0 || first ? { kind: 'changes', changes } : null;
  }

  /** Puts the design back to an earlier revision, as restoring a backup does: what came later never happened. */
  restoreBackup(revision: number): void {
    for (const lost of this.journal.splice(revision)) this.#answers.delete(lost.batchId);
    this.#state = this.#history[revision] ?? this.#state;
    this.#history.splice(revision);
    this.epoch = `${this.epoch}'`;
  }

  #commit(draft: Draft, batchId: string, author: string, operations: Operation[]): number {
    this.#history[this.revision] = this.#state;
    this.#state = draft;
    const revision = this.revision + 1;
    this.journal.push({ revision, batchId, at: `at-${revision}`, author: { id: author, kind: 'user' }, operations: structuredClone(operations) });
    for (const watcher of [...this.watchers]) watcher();
    return revision;
  }
}

/** Performs an operation on a draft; answers it as it took effect, or null when it is ignored. */
function perform(draft: Draft, operation: Operation, renamed: Map<string, string>): Operation | null {
  const { nodes, connections } = draft;
  const named = (id: string): string => renamed.get(id) ?? id;
  switch (operation.op) {
    case 'node.add': {
      let { id } = operation.node;
      while (nodes.has(id)) id += '~';
      if (id !== operation.node.id) renamed.set(operation.node.id, id);
      const parent = operation.node.parent === undefined ? undefined : named(operation.node.parent);
      if (parent !== undefined && !nodes.has(parent)) return null;
      const order = freeKey(draft, parent, operation.node.order);
      const node: DesignNode = { ...operation.node, id, order, ...(parent !== undefined && { parent }), props: operation.node.props ?? {} };
      nodes.set(id, node);
      return { op: 'node.add', node };
    }
    case 'node.set': {
      const id = named(operation.id);
      const node = nodes.get(id);
      if (node === undefined) return null;
      const { parent } = operation.patch;
      if (typeof parent === 'string') {
        if (!nodes.has(parent)) return null;
        for (let at: string | undefined = parent; at !== undefined; at = nodes.get(at)?.parent) if (at === id) return null;
      }
      nodes.set(id, merge(node as unknown as Json, operation.patch as Json) as unknown as DesignNode);
      return { ...operation, id };
    }
    case 'node.remove': {
      const id = named(operation.id);
      if (!nodes.has(id)) return null;
      const gone = new Set([id]);
      for (let size = 0; size !== gone.size;) {
        size = gone.size;
        for (const node of nodes.values()) if (node.parent !== undefined && gone.has(node.parent)) gone.add(node.id);
      }
      for (const each of gone) nodes.delete(each);
      for (const [key, { from, to }] of connections) if (gone.has(from.node) || gone.has(to.node)) connections.delete(key);
      return { ...operation, id };
    }
    case 'connection.add': {
      const { connection } = operation;
      let { id } = connection;
      while (connections.has(id)) id += '~';
      if (id !== connection.id) renamed.set(connection.id, id);
      const from = { ...connection.from, node: named(connection.from.node) };
      const to = { ...connection.to, node: named(connection.to.node) };
      if (!nodes.has(from.node) || !nodes.has(to.node)) return null;
      const added = { ...connection, id, from, to, props: connection.props ?? {} };
      connections.set(id, added);
      return { op: 'connection.add', connection: added };
    }
    case 'connection.set': {
      const id = named(operation.id);
      const connection = connections.get(id);
      if (connection === undefined) return null;
      const after = merge(connection as unknown as Json, operation.patch as Json) as unknown as DesignConnection;
      if (!nodes.has(after.from.node) || !nodes.has(after.to.node)) return null;
      connections.set(id, after);
      return { ...operation, id };
    }
    case 'connection.remove':
      return connections.delete(named(operation.id)) ? { ...operation, id: named(operation.id) } : null;
    case 'design.set':
      draft.header = merge(draft.header, operation.patch as Json) as Record<string, Json>;
      return operation;
  }
}

function freeKey(draft: Draft, parent: string | undefined, wanted: string | undefined): string {
  const keys = [...draft.nodes.values()].filter((node) => node.parent === parent).map((node) => node.order).sort();
  if (wanted === undefined) return keyBetween(keys.at(-1) ?? null, null);
  return keys.includes(wanted) ? keyBetween(wanted, keys.find((key) => key > wanted) ?? null) : wanted;
}

/** RFC 7396, section 2, line by line. */
function merge(target: Json | undefined, patch: Json): Json {
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return patch;
  const result: { [key: string]: Json } =
    typeof target === 'object' && target !== null && !Array.isArray(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete result[name];
    else result[name] = merge(result[name], value);
  }
  return result;
}
