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

  test('Two hundred thousand keys, among them some of equal hash, are all kept and all removed', () => {
    let map = PersistentMap.empty<number>();
    for (let i = 0; i < 200_000; i++) map = map.set(`node-${i}`, i);
    expect(map.size).toBe(200_000);
    let wrong = 0;
    for (let i = 0; i < 200_000; i++) if (map.get(`node-${i}`) !== i) wrong++;
    expect(wrong).toBe(0);
    for (let i = 0; i < 200_000; i++) map = map.delete(`node-${i}`);
    expect(map.size).toBe(0);
    expect([...map.keys()]).toEqual([]);
  });
});
