/*
 * An immutable map from strings: a hash trie of 32-way branches (Bagwell, "Ideal Hash Trees", 2001).
 * `set` and `delete` copy one path and share the rest, so an old version stays valid and costs nothing,
 * and the difference of two versions is found without looking at what they share.
 */

interface Leaf<V> {
  readonly hash: number;
  readonly key: string;
  readonly value: V;
}

/** Keys whose 32-bit hashes are equal. */
interface Collision<V> {
  readonly hash: number;
  readonly leaves: readonly Leaf<V>[];
}

interface Branch<V> {
  readonly bitmap: number;
  readonly slots: readonly Trie<V>[];
}

type Trie<V> = Leaf<V> | Collision<V> | Branch<V>;

const BITS = 5;
const MASK = 31;

export class PersistentMap<V> {
  static readonly #empty = new PersistentMap<never>(null, 0);
  readonly #root: Trie<V> | null;
  readonly size: number;

  private constructor(root: Trie<V> | null, size: number) {
    this.#root = root;
    this.size = size;
  }

  static empty<V>(): PersistentMap<V> {
    return PersistentMap.#empty as PersistentMap<V>;
  }

  get(key: string): V | undefined {
    const hash = hashOf(key);
    let trie: Trie<V> | null | undefined = this.#root;
    for (let shift = 0; trie; shift += BITS) {
      if ('slots' in trie) {
        const bit = 1 << ((hash >>> shift) & MASK);
        trie = trie.bitmap & bit ? trie.slots[indexOf(trie.bitmap, bit)] : undefined;
        continue;
      }
      if ('leaves' in trie) return trie.leaves.find((leaf) => leaf.key === key)?.value;
      return trie.key === key ? trie.value : undefined;
    }
    return undefined;
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  set(key: string, value: V): PersistentMap<V> {
    const leaf: Leaf<V> = { hash: hashOf(key), key, value };
    if (this.#root === null) return new PersistentMap<V>(leaf, 1);
    const root = insert(this.#root, leaf, 0);
    return root === this.#root ? this : new PersistentMap<V>(root, this.has(key) ? this.size : this.size + 1);
  }

  delete(key: string): PersistentMap<V> {
    if (this.#root === null) return this;
    const root = remove(this.#root, hashOf(key), key, 0);
    if (root === this.#root) return this;
    return root === null ? PersistentMap.empty<V>() : new PersistentMap<V>(root, this.size - 1);
  }

  /** Entries in no particular, but stable, order. */
  *entries(): IterableIterator<readonly [string, V]> {
    if (this.#root !== null) yield* walk(this.#root);
  }

  *keys(): IterableIterator<string> {
    for (const [key] of this.entries()) yield key;
  }

  *values(): IterableIterator<V> {
    for (const [, value] of this.entries()) yield value;
  }

  /** Calls `visit` for each key whose value is not the same object in both; the cost follows the difference. */
  static diff<V>(
    before: PersistentMap<V>,
    after: PersistentMap<V>,
    visit: (key: string, before: V | undefined, after: V | undefined) => void,
  ): void {
    diff(before.#root, after.#root, visit);
  }
}

function hashOf(key: string): number {
  // FNV-1a over UTF-16 units, then mixed, since ids share long prefixes and the trie reads the low bits first.
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}

function indexOf(bitmap: number, bit: number): number {
  let bits = bitmap & (bit - 1);
  bits -= (bits >>> 1) & 0x55555555;
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function insert<V>(trie: Trie<V>, leaf: Leaf<V>, shift: number): Trie<V> {
  if ('slots' in trie) {
    const bit = 1 << ((leaf.hash >>> shift) & MASK);
    const index = indexOf(trie.bitmap, bit);
    if (!(trie.bitmap & bit)) return { bitmap: trie.bitmap | bit, slots: trie.slots.toSpliced(index, 0, leaf) };
    const slot = trie.slots[index] as Trie<V>;
    const changed = insert(slot, leaf, shift + BITS);
    return changed === slot ? trie : { bitmap: trie.bitmap, slots: trie.slots.with(index, changed) };
  }
  if (trie.hash !== leaf.hash) return split(trie, leaf, shift);
  const leaves = 'leaves' in trie ? trie.leaves : [trie];
  const index = leaves.findIndex((other) => other.key === leaf.key);
  if (index >= 0 && Object.is(leaves[index]?.value, leaf.value)) return trie;
  const all = index < 0 ? [...leaves, leaf] : leaves.with(index, leaf);
  return all.length === 1 ? leaf : { hash: leaf.hash, leaves: all };
}

function split<V>(a: Leaf<V> | Collision<V>, b: Leaf<V>, shift: number): Branch<V> {
  const left = (a.hash >>> shift) & MASK;
  const right = (b.hash >>> shift) & MASK;
  if (left === right) return { bitmap: 1 << left, slots: [split(a, b, shift + BITS)] };
  // Slots are ordered by bit, unsigned.
  return { bitmap: (1 << left) | (1 << right), slots: left < right ? [a, b] : [b, a] };
}

function remove<V>(trie: Trie<V>, hash: number, key: string, shift: number): Trie<V> | null {
  if ('slots' in trie) {
    const bit = 1 << ((hash >>> shift) & MASK);
    if (!(trie.bitmap & bit)) return trie;
    const index = indexOf(trie.bitmap, bit);
    const slot = trie.slots[index] as Trie<V>;
    const changed = remove(slot, hash, key, shift + BITS);
    if (changed === slot) return trie;
    const slots = changed === null ? trie.slots.toSpliced(index, 1) : trie.slots.with(index, changed);
    // A branch over a single leaf collapses, so that equal content has one shape.
    const only = slots[0];
    if (only === undefined) return null;
    if (slots.length === 1 && !('slots' in only)) return only;
    return { bitmap: changed === null ? trie.bitmap & ~bit : trie.bitmap, slots };
  }
  if ('leaves' in trie) {
    const leaves = trie.leaves.filter((leaf) => leaf.key !== key);
    if (leaves.length === trie.leaves.length) return trie;
    return leaves.length === 1 ? (leaves[0] as Leaf<V>) : { hash: trie.hash, leaves };
  }
  return trie.key === key ? null : trie;
}

function* walk<V>(trie: Trie<V>): IterableIterator<readonly [string, V]> {
  if ('slots' in trie) for (const slot of trie.slots) yield* walk(slot);
  else if ('leaves' in trie) for (const leaf of trie.leaves) yield [leaf.key, leaf.value];
  else yield [trie.key, trie.value];
}

function diff<V>(
  before: Trie<V> | null,
  after: Trie<V> | null,
  visit: (key: string, before: V | undefined, after: V | undefined) => void,
): void {
  if (before === after) return;
  if (before !== null && after !== null && 'slots' in before && 'slots' in after) {
    for (let bits = before.bitmap | after.bitmap; bits !== 0; bits &= bits - 1) {
      const bit = bits & -bits;
      diff(slotAt(before, bit), slotAt(after, bit), visit);
    }
    return;
  }
  const old = new Map(before === null ? [] : walk(before));
  for (const [key, value] of after === null ? [] : walk(after)) {
    const previous = old.get(key);
    old.delete(key);
    if (previous !== value) visit(key, previous, value);
  }
  for (const [key, value] of old) visit(key, value, undefined);
}

function slotAt<V>(branch: Branch<V>, bit: number): Trie<V> | null {
  return branch.bitmap & bit ? (branch.slots[indexOf(branch.bitmap, bit)] ?? null) : null;
}
