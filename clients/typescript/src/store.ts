import { applyAll } from './document/apply.js';
import {
  childrenOf, fromDocument, keepEqual, orderAfterLast, toDocument, type CommittedDesign, type DesignContent,
} from './document/content.js';
import { jsonEqual } from './document/mergePatch.js';
import { PersistentMap } from './document/persistentMap.js';
import { Emitter } from './emitter.js';
import { newUuid } from './ids.js';
import { outcomeOf, renameReferences, resultOf } from './pending.js';
import type {
  Batch, Change, Committed, DesignConnection, DesignDocument, DesignFrame, DesignNode, Operation, Position, Refusal,
} from './protocol/design.js';

/** A local batch that the committed state does not hold yet. */
interface Pending {
  batch: Batch;
  /** What it does, as far as known: what was sent, or what the server answered it committed. */
  operations: readonly Operation[];
  /** The revision it got, once the server has answered and until the change itself arrives. */
  acknowledged: number | null;
  /** Whether the server may have seen it; until then it may still be rewritten. */
  sent: boolean;
  /** The content with this batch and all before it; null until the first state has arrived. */
  after: DesignContent | null;
}

/** What became of a batch: it was committed, or refused and taken back. */
export type Settlement =
  | { readonly batch: Batch; readonly result: Committed }
  | { readonly batch: Batch; readonly refused: Refusal };

/** Thrown by edits before the design's first state has arrived. */
export class DesignNotLoadedError extends Error {
  override readonly name = 'DesignNotLoadedError';
}

/**
 * A design as its user sees it: the committed document, with the user's own edits that are still on
 * their way on top. A pure state machine without I/O; `DesignSession` connects it to a server.
 *
 * The committed document moves by frames alone. Pending batches are applied again on top of it
 * whenever someone else's change came underneath; when nothing is pending, or the user's own batch
 * comes back as it was sent, nothing is applied twice.
 */
export class DesignStore {
  readonly #changed = new Emitter();
  readonly #nodeListeners = new Map<string, Emitter>();
  readonly #connectionListeners = new Map<string, Emitter>();
  readonly #settled = new Emitter<[Settlement]>();
  readonly #rewritten = new Emitter<[Batch]>();
  #committed: CommittedDesign | null = null;
  /** In the order they were made. */
  readonly #pending = new Map<string, Pending>();
  /** The committed content with all of them applied. */
  #top: DesignContent | null = null;
  /** What is shown: equal to the above, and the same object until something visible changes. */
  #view: DesignContent | null = null;

  /** The content with pending edits: an immutable value, new whenever something changed; null before the first state. */
  readonly getSnapshot = (): DesignContent | null => this.#view;

  /** Calls `listener` after each change of the snapshot. Fits `useSyncExternalStore`. */
  readonly subscribe = (listener: () => void): (() => void) => this.#changed.subscribe(listener);

  /** One node, as the same object for as long as it does not change. */
  getNode(id: string): DesignNode | undefined {
    return this.#view?.nodes.get(id);
  }

  /** One connection, as the same object for as long as it does not change. */
  getConnection(id: string): DesignConnection | undefined {
    return this.#view?.connections.get(id);
  }

  /** The children of a node in order; `''` names the top level. The nodes are the same objects as `getNode` gives. */
  getChildren(parent = ''): readonly DesignNode[] {
    return this.#view === null ? [] : childrenOf(this.#view, parent);
  }

  /** Calls `listener` after each change of one node. The cost of an edit does not grow with such listeners. */
  subscribeNode(id: string, listener: () => void): () => void {
    return subscribeKey(this.#nodeListeners, id, listener);
  }

  /** Calls `listener` after each change of one connection. */
  subscribeConnection(id: string, listener: () => void): () => void {
    return subscribeKey(this.#connectionListeners, id, listener);
  }

  /** Calls `listener` once for each local batch when its fate is known. */
  onSettled(listener: (settlement: Settlement) => void): () => void {
    return this.#settled.subscribe(listener);
  }

  /** Calls `listener` with a pending batch whose operations changed, because the server renamed what they address. */
  onRewritten(listener: (batch: Batch) => void): () => void {
    return this.#rewritten.subscribe(listener);
  }

  /** The place in history of the committed document; what to name when watching. */
  get position(): Position | null {
    return this.#committed?.position ?? null;
  }

  /** The committed document without pending edits, in the form REST gives it. */
  get committed(): DesignDocument | null {
    return this.#committed === null ? null : toDocument(this.#committed);
  }

  /** The document as the user sees it: committed, with pending edits. */
  get document(): DesignDocument | null {
    return this.#committed === null ? null : toDocument({ ...this.#committed, content: this.#top ?? this.#committed.content });
  }

  /** Local batches that the committed document does not hold yet, oldest first. */
  get pending(): readonly Batch[] {
    return Array.from(this.#pending.values(), (pending) => pending.batch);
  }

  get pendingCount(): number {
    return this.#pending.size;
  }

  /** Pending batches the server has not answered, oldest first. */
  get unacknowledged(): readonly Batch[] {
    return [...this.#pending.values()].filter((pending) => pending.acknowledged === null).map((pending) => pending.batch);
  }

  /** A pending batch that the server has not answered, as it is to be sent now. */
  getUnacknowledged(batchId: string): Batch | undefined {
    const pending = this.#pending.get(batchId);
    return pending?.acknowledged === null ? pending.batch : undefined;
  }

  /** Starts from a stored state and the batches that were pending with it. */
  restore(document: DesignDocument | null, pending: readonly Batch[]): void {
    this.#committed = document === null ? null : fromDocument(document);
    // Whether they were sent before is not known, so they count as sent.
    this.#pending.clear();
    for (const batch of pending) {
      this.#pending.set(batch.batchId, { batch, operations: batch.operations, acknowledged: null, sent: true, after: null });
    }
    this.#rebase();
  }

  /**
   * Applies operations at once and makes them a pending batch. A node without an order key gets one
   * after its last sibling.
   * @throws DesignNotLoadedError before the first state.
   */
  edit(operations: readonly Operation[]): Batch {
    if (this.#committed === null || this.#top === null) throw new DesignNotLoadedError('The design has not been loaded yet.');
    let content = this.#top;
    const complete = operations.map((operation) => {
      const whole = withOrder(content, operation);
      content = applyAll(content, [whole]).content;
      return whole;
    });
    const batch: Batch = { batchId: newUuid(), baseRevision: this.#committed.position.revision, operations: complete };
    this.#pending.set(batch.batchId, { batch, operations: complete, acknowledged: null, sent: false, after: content });
    this.#show(content);
    return batch;
  }

  /** Notes that a batch is on its way, after which it is sent again only as it is. */
  markSent(batchId: string): void {
    const pending = this.#pending.get(batchId);
    if (pending !== undefined) pending.sent = true;
  }

  /**
   * Takes one frame of the design's stream.
   * @returns false when the frame does not continue the committed document: watch again from `position`.
   */
  receive(frame: Exclude<DesignFrame, { kind: 'end' }>): boolean {
    return frame.kind === 'snapshot' ? this.#receiveSnapshot(frame.design, frame) : this.#receiveChanges(frame.changes);
  }

  /** Takes the server's answer that a batch was committed. Whether the change itself came before or comes later does not matter. */
  acknowledge(batchId: string, result: Committed): void {
    const pending = this.#pending.get(batchId);
    if (pending === undefined || pending.acknowledged !== null || this.#committed === null) return;
    if (result.revision <= this.#committed.position.revision) {
      this.#pending.delete(batchId);
      this.#rebase();
    } else {
      pending.acknowledged = result.revision;
      // An ignored operation is corrected by the change itself; a new name must be known before the next edit.
      if (result.operations !== undefined) {
        this.#follow(pending, result.operations);
        pending.operations = result.operations;
        this.#rebase();
      }
    }
    this.#settled.emit({ batch: pending.batch, result });
  }

  /** Takes a pending batch back, because the server refused it. */
  refuse(batchId: string, error: Refusal): void {
    const pending = this.#pending.get(batchId);
    if (pending === undefined) return;
    this.#pending.delete(batchId);
    this.#rebase();
    this.#settled.emit({ batch: pending.batch, refused: error });
  }

  #receiveSnapshot(design: DesignDocument, position: Position): boolean {
    const before = this.#committed;
    const sameHistory = before === null || before.position.epoch === position.epoch;
    const { content, updatedAt } = fromDocument(design);
    this.#committed = {
      position: { epoch: position.epoch, revision: position.revision },
      updatedAt,
      content: before === null ? content : keepEqual(before.content, content),
    };
    for (const [batchId, pending] of this.#pending) {
      if (pending.acknowledged === null) continue;
      // An answer from another history says nothing about this one. Sending again is safe: a batch id commits once.
      if (!sameHistory) pending.acknowledged = null;
      else if (pending.acknowledged <= position.revision) this.#pending.delete(batchId);
    }
    this.#rebase();
    return true;
  }

  #receiveChanges(changes: readonly Change[]): boolean {
    if (this.#committed === null) return changes.length === 0;
    let rebase = false;
    let contiguous = true;
    const settled: Settlement[] = [];
    for (const change of changes) {
      const committed: CommittedDesign = this.#committed;
      if (change.revision <= committed.position.revision) continue;
      if (change.revision !== committed.position.revision + 1) {
        contiguous = false;
        break;
      }
      const own = this.#pending.get(change.batchId);
      // The user's oldest batch, committed as it was sent with nothing in between: its outcome is known already.
      const known: DesignContent | null = own !== undefined && !rebase && own === first(this.#pending) && jsonEqual(own.operations, change.operations)
        ? own.after
        : null;
      this.#committed = {
        position: { epoch: committed.position.epoch, revision: change.revision },
        updatedAt: change.at,
        content: known ?? applyAll(committed.content, change.operations).content,
      };
      rebase ||= known === null;
      if (own === undefined) continue;
      // What was acknowledged has been settled and followed already.
      if (own.acknowledged === null) {
        if (known === null) this.#follow(own, change.operations);
        settled.push({ batch: own.batch, result: resultOf(own.batch.operations, change) });
      }
      this.#pending.delete(change.batchId);
    }
    if (rebase) this.#rebase();
    for (const settlement of settled) this.#settled.emit(settlement);
    return contiguous;
  }

  /** Lets batches that were not sent yet follow what the server renamed in an earlier one. */
  #follow(renamed: Pending, committed: readonly Operation[]): void {
    const { renames } = outcomeOf(renamed.batch.operations, committed);
    if (renames.size === 0) return;
    for (const pending of this.#pending.values()) {
      // What was sent has to stay as it was; what was never sent was made after everything sent.
      if (pending.sent) continue;
      pending.operations = renameReferences(pending.operations, renames);
      pending.batch = { ...pending.batch, operations: pending.operations };
      this.#rewritten.emit(pending.batch);
    }
  }

  #rebase(): void {
    if (this.#committed === null) return;
    let content = this.#committed.content;
    for (const pending of this.#pending.values()) {
      content = applyAll(content, pending.operations).content;
      pending.after = content;
    }
    const kept = this.#top === null ? content : keepEqual(this.#top, content);
    if (this.#pending.size === 0) this.#committed = { ...this.#committed, content: kept };
    this.#show(kept);
  }

  #show(content: DesignContent): void {
    const before = this.#top;
    if (content === before) return;
    this.#top = content;
    let different = before === null || before.header !== content.header;
    const heard: Emitter[] = [];
    const compare = <V>(old: PersistentMap<V>, now: PersistentMap<V>, listeners: Map<string, Emitter>): void => {
      PersistentMap.diff(old, now, (id) => {
        different = true;
        const emitter = listeners.get(id);
        if (emitter !== undefined) heard.push(emitter);
      });
    };
    compare(before?.nodes ?? PersistentMap.empty(), content.nodes, this.#nodeListeners);
    compare(before?.connections ?? PersistentMap.empty(), content.connections, this.#connectionListeners);
    if (!different) return;
    this.#view = content;
    for (const emitter of heard) emitter.emit();
    this.#changed.emit();
  }
}

function first<V>(map: ReadonlyMap<string, V>): V | undefined {
  return map.values().next().value;
}

function withOrder(content: DesignContent, operation: Operation): Operation {
  if (operation.op !== 'node.add' || operation.node.order !== undefined) return operation;
  return { ...operation, node: { ...operation.node, order: orderAfterLast(content, operation.node.parent ?? '') } };
}

function subscribeKey(emitters: Map<string, Emitter>, key: string, listener: () => void): () => void {
  const emitter = emitters.get(key) ?? new Emitter();
  emitters.set(key, emitter);
  const unsubscribe = emitter.subscribe(listener);
  return () => {
    unsubscribe();
    if (emitter.isEmpty && emitters.get(key) === emitter) emitters.delete(key);
  };
}
