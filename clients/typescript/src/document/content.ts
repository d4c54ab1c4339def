import type { DesignConnection, DesignDocument, DesignNode, Position } from '../protocol/design.js';
import { jsonEqual } from './mergePatch.js';
import { keyBetween } from './order.js';
import { PersistentMap } from './persistentMap.js';

/** What a design says about itself; fields this version does not know are kept as they came. */
export type DesignHeader = Omit<DesignDocument, 'epoch' | 'revision' | 'nodes' | 'connections' | 'updatedAt'>;

/**
 * The content of a design as an immutable value. Every edit makes a new one that shares all it did
 * not touch, so keeping old ones is cheap and comparing by reference tells what changed.
 */
export interface DesignContent {
  readonly header: DesignHeader;
  readonly nodes: PersistentMap<DesignNode>;
  readonly connections: PersistentMap<DesignConnection>;
  /** Parent id ('' at the top) to the ids of its children with their order keys. */
  readonly children: PersistentMap<PersistentMap<string>>;
  /** Node id to the ids of the connections that touch it. */
  readonly touching: PersistentMap<PersistentMap<true>>;
}

/** A committed state: content, and the place in history it belongs to. */
export interface CommittedDesign {
  readonly position: Position;
  readonly updatedAt: string;
  readonly content: DesignContent;
}

/** Reads a document as it came over the wire. */
export function fromDocument(document: DesignDocument): CommittedDesign {
  const { epoch, revision, nodes, connections, updatedAt, ...header } = document;
  let content: DesignContent = {
    header: withoutNulls(header),
    nodes: PersistentMap.empty(),
    connections: PersistentMap.empty(),
    children: PersistentMap.empty(),
    touching: PersistentMap.empty(),
  };
  for (const node of nodes) content = putNode(content, withoutNulls(node));
  for (const connection of connections) content = putConnection(content, withoutNulls(connection));
  return { position: { epoch, revision }, updatedAt, content };
}

/** Writes a committed state in the server's form: parents before children, siblings in order, connections by id. */
export function toDocument(committed: CommittedDesign): DesignDocument {
  const { content, position, updatedAt } = committed;
  const nodes: DesignNode[] = [];
  const visit = (parent: string): void => {
    for (const node of childrenOf(content, parent)) {
      nodes.push(node);
      visit(node.id);
    }
  };
  visit('');
  const connections = [...content.connections.values()].sort((a, b) => compare(a.id, b.id));
  return { ...content.header, ...position, nodes, connections, updatedAt };
}

/** A node with its connections and place in the hierarchy brought up to date. */
export function putNode(content: DesignContent, node: DesignNode): DesignContent {
  const before = content.nodes.get(node.id);
  let children = content.children;
  if (before !== undefined && parentOf(before) !== parentOf(node)) {
    children = without(children, parentOf(before), node.id);
  }
  const siblings = children.get(parentOf(node));
  children = withEntry(children, parentOf(node), node.id, node.order);
  rememberLast(siblings, children.get(parentOf(node)), siblings?.get(node.id), node.order);
  return { ...content, nodes: content.nodes.set(node.id, node), children };
}

/** Removes a node, everything inside it, and every connection that touches any of them. */
export function dropNode(content: DesignContent, id: string): DesignContent {
  const node = content.nodes.get(id);
  if (node === undefined) return content;
  let result = content;
  for (const child of content.children.get(id)?.keys() ?? []) result = dropNode(result, child);
  for (const connection of content.touching.get(id)?.keys() ?? []) result = dropConnection(result, connection);
  return { ...result, nodes: result.nodes.delete(id), children: without(result.children, parentOf(node), id) };
}

export function putConnection(content: DesignContent, connection: DesignConnection): DesignContent {
  const before = content.connections.get(connection.id);
  let touching = content.touching;
  if (before !== undefined) {
    touching = without(without(touching, before.from.node, before.id), before.to.node, before.id);
  }
  touching = withEntry(touching, connection.from.node, connection.id, true);
  touching = withEntry(touching, connection.to.node, connection.id, true);
  return { ...content, connections: content.connections.set(connection.id, connection), touching };
}

export function dropConnection(content: DesignContent, id: string): DesignContent {
  const connection = content.connections.get(id);
  if (connection === undefined) return content;
  const touching = without(without(content.touching, connection.from.node, id), connection.to.node, id);
  return { ...content, connections: content.connections.delete(id), touching };
}

const sortedChildren = new WeakMap<PersistentMap<string>, readonly string[]>();

/** The children of a node, or with `''` the top level, in their order. Ties are broken by id. */
export function childrenOf(content: DesignContent, parent: string): readonly DesignNode[] {
  const index = content.children.get(parent);
  if (index === undefined) return [];
  let ids = sortedChildren.get(index);
  if (ids === undefined) {
    ids = [...index.entries()]
      .sort(([a, orderA], [b, orderB]) => compare(orderA, orderB) || compare(a, b))
      .map(([id]) => id);
    sortedChildren.set(index, ids);
  }
  return ids.map((id) => content.nodes.get(id) as DesignNode);
}

/** The connections that start or end at a node. */
export function connectionsOf(content: DesignContent, node: string): readonly DesignConnection[] {
  return [...(content.touching.get(node)?.keys() ?? [])]
    .sort(compare)
    .map((id) => content.connections.get(id) as DesignConnection);
}

/**
 * An order key that puts a node at `index` among the children of `parent` (`''` at the top level).
 * Pass the moving node as `except`, when it is one of them. An index past the end appends.
 */
export function orderAt(content: DesignContent, parent: string, index: number, except?: string): string {
  const keys = childrenOf(content, parent).filter((node) => node.id !== except).map((node) => node.order);
  const after = index > 0 ? (keys[Math.min(index, keys.length) - 1] ?? null) : null;
  // Siblings that were added at one place at one time may share a key until the server has parted them.
  const before = keys.slice(Math.max(index, 0)).find((key) => after === null || key > after) ?? null;
  return keyBetween(after, before);
}

const lastKeys = new WeakMap<PersistentMap<string>, string>();

/** An order key after the last child of `parent`. Appending many nodes one by one looks at each of them once. */
export function orderAfterLast(content: DesignContent, parent: string): string {
  const siblings = content.children.get(parent);
  if (siblings === undefined) return keyBetween(null, null);
  let last = lastKeys.get(siblings) ?? '';
  if (last === '') {
    for (const key of siblings.values()) if (key > last) last = key;
    lastKeys.set(siblings, last);
  }
  return keyBetween(last === '' ? null : last, null);
}

/** Carries the last key over from one version of a set of siblings to the next, where it is known. */
function rememberLast(
  before: PersistentMap<string> | undefined,
  after: PersistentMap<string> | undefined,
  replaced: string | undefined,
  added: string,
): void {
  const last = before === undefined ? '' : lastKeys.get(before);
  if (last === undefined || after === undefined) return;
  if (added >= last) lastKeys.set(after, added);
  else if (replaced !== last) lastKeys.set(after, last);
}

/** Whether `id` is `ancestor` or lies inside it. */
export function isWithin(content: DesignContent, id: string, ancestor: string): boolean {
  for (let at: string | undefined = id; at !== undefined; at = content.nodes.get(at)?.parent) {
    if (at === ancestor) return true;
  }
  return false;
}

/**
 * `after`, with each part that equals its counterpart in `before` replaced by that very object, so
 * that comparing references tells what really changed.
 */
export function keepEqual(before: DesignContent, after: DesignContent): DesignContent {
  return {
    ...after,
    header: jsonEqual(before.header, after.header) ? before.header : after.header,
    nodes: keepEqualValues(before.nodes, after.nodes),
    connections: keepEqualValues(before.connections, after.connections),
  };
}

function keepEqualValues<V>(before: PersistentMap<V>, after: PersistentMap<V>): PersistentMap<V> {
  let kept = after;
  PersistentMap.diff(before, after, (key, old, now) => {
    if (old !== undefined && now !== undefined && jsonEqual(old, now)) kept = kept.set(key, old);
  });
  return kept;
}

/** An absent field and a null one mean the same on the wire; here there is only absence. */
export function withoutNulls<T extends object>(value: T): T {
  return Object.values(value).some((field) => field === null || field === undefined)
    ? (Object.fromEntries(Object.entries(value).filter(([, field]) => field !== null && field !== undefined)) as T)
    : value;
}

function parentOf(node: DesignNode): string {
  return node.parent ?? '';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function withEntry<V>(index: PersistentMap<PersistentMap<V>>, key: string, id: string, value: V): PersistentMap<PersistentMap<V>> {
  return index.set(key, (index.get(key) ?? PersistentMap.empty<V>()).set(id, value));
}

function without<V>(index: PersistentMap<PersistentMap<V>>, key: string, id: string): PersistentMap<PersistentMap<V>> {
  const rest = index.get(key)?.delete(id);
  if (rest === undefined) return index;
  return rest.size === 0 ? index.delete(key) : index.set(key, rest);
}
