import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PersistentMap } from '../../src/index.js';

const step = fc.tuple(fc.stringMatching(/^[a-f]{1,3}$/), fc.option(fc.nat(5)));

function build(steps: readonly (readonly [string, number | null])[], from = PersistentMap.empty<number>()): PersistentMap<number> {
  return steps.reduce((map, [key, value]) => (value === null ? map.delete(key) : map.set(key, value)), from);
}

function plain(map: PersistentMap<number>): Map<string, number> {
  return new Map([...map.entries()].sort());
}

describe('A persistent map', () => {
  test('Holds what a Map holds after the same steps', () => {
    fc.assert(fc.property(fc.array(step), (steps) => {
      const expected = new Map<string, number>();
      for (const [key, value] of steps) value === null ? expected.delete(key) : expected.set(key, value);
      const map = build(steps);
      expect(plain(map)).toEqual(new Map([...expected].sort()));
      expect(map.size).toBe(expected.size);
      for (const [key, value] of expected) expect(map.get(key)).toBe(value);
      expect(map.has('absent')).toBe(false);
    }));
  });

  test('An older version is not changed by making newer ones', () => {
    fc.assert(fc.property(fc.array(step), fc.array(step), (steps, more) => {
      const old = build(steps);
      const before = plain(old);
      build(more, old);
      expect(plain(old)).toEqual(before);
    }));
  });

  test('The difference of two versions is exactly what differs, related or not', () => {
    fc.assert(fc.property(fc.array(step), fc.array(step), fc.boolean(), (steps, more, related) => {
      const before = build(steps);
      const after = related ? build(more, before) : build(more);
      const seen = new Map<string, [number | undefined, number | undefined]>();
      PersistentMap.diff(before, after, (key, old, now) => {
        expect(seen.has(key)).toBe(false);
        seen.set(key, [old, now]);
      });
      const expected = new Map<string, [number | undefined, number | undefined]>();
      for (const key of new Set([...before.keys(), ...after.keys()])) {
        if (before.get(key) !== after.get(key)) expected.set(key, [before.get(key), after.get(key)]);
      }
      expect(new Map([...seen].sort())).toEqual(new Map([...expected].sort()));
    }));
  });

  test('Setting the same value or deleting nothing gives the same map', () => {
    const map = PersistentMap.empty<number>().set('a', 1).set('b', 2);
    expect(map.set('a', 1)).toBe(map);
    expect(map.delete('c')).toBe(map);
  });

  // Pairs of words with the same 32-bit FNV-1a hash.
  test.each([['costarring', 'liquid'], ['declinate', 'macallums'], ['altarage', 'zinke']])('%s and %s have one hash and are two keys', (a, b) => {
    const both = PersistentMap.empty<number>().set('other', 0).set(a, 1).set(b, 2);
    expect([both.get(a), both.get(b), both.size]).toEqual([1, 2, 3]);
    expect(both.set(a, 1)).toBe(both);
    const replaced = both.set(b, 3);
    expect([replaced.get(a), replaced.get(b), replaced.size]).toEqual([1, 3, 3]);
    const changes: unknown[] = [];
    PersistentMap.diff(both, replaced, (key, before, after) => changes.push([key, before, after]));
    expect(changes).toEqual([[b, 2, 3]]);
    const one = both.delete(a);
    expect([one.get(a), one.get(b), one.size, both.delete(a).delete(b).size]).toEqual([undefined, 2, 2, 1]);
  });

  test('Thirty thousand keys are all kept and all removed', () => {
    let map = PersistentMap.empty<number>();
    for (let i = 0; i < 30_000; i++) map = map.set(`node-${i}`, i);
    expect(map.size).toBe(30_000);
    let wrong = 0;
    for (let i = 0; i < 30_000; i++) if (map.get(`node-${i}`) !== i) wrong++;
    expect(wrong).toBe(0);
    for (let i = 0; i < 30_000; i++) map = map.delete(`node-${i}`);
    expect(map.size).toBe(0);
    expect([...map.keys()]).toEqual([]);
  });
});
