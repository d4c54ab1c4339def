import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isKey, keyBetween, keysBetween } from '../../src/index.js';

describe('Order keys', () => {
  test('The first key is a0', () => expect(keyBetween(null, null)).toBe('a0'));

  test.each([
    ['a0', 'a1'], ['az', 'b00'], ['bzz', 'c000'], ['Zy', 'Zz'], ['Zz', 'a0'], ['Yzz', 'Z0'], ['a0V', 'a1'],
  ])('After %s comes %s', (after, key) => expect(keyBetween(after, null)).toBe(key));

  test.each([
    ['a1', 'a0'], ['a0', 'Zz'], ['Z0', 'Yzz'], ['b00', 'az'], ['a0V', 'a0'],
  ])('Before %s comes %s', (before, key) => expect(keyBetween(null, before)).toBe(key));

  test.each([
    ['a0', 'a1', 'a0V'], ['a0', 'a2', 'a1'], ['a0', 'a0V', 'a0F'], ['Zz', 'a1', 'a0'], ['a0', 'a0001', 'a0000V'],
  ])('Between %s and %s lies %s', (after, before, key) => expect(keyBetween(after, before)).toBe(key));

  test('The ends of the range of integers are followed by fractions', () => {
    const largest = 'z'.repeat(27);
    expect(keyBetween(largest, null)).toBe(`${largest}V`);
    const smallest = `A${'0'.repeat(25)}1`;
    const before = keyBetween(null, smallest);
    expect(before < smallest && isKey(before)).toBe(true);
    expect(isKey(keyBetween(null, before))).toBe(true);
  });

  test.each(['', '0', 'a', 'b0', 'a00', 'a0-', 'é0', `A${'0'.repeat(26)}`])('%j is not a key', (key) => {
    expect(isKey(key)).toBe(false);
    expect(() => keyBetween(key, null)).toThrow(RangeError);
  });

  test('Keys in the wrong order, or equal, have nothing between them', () => {
    expect(() => keyBetween('a1', 'a0')).toThrow(RangeError);
    expect(() => keyBetween('a1', 'a1')).toThrow(RangeError);
  });

  test('Ten thousand appends keep keys at four characters', () => {
    expect(Math.max(...keysBetween(null, null, 10_000).map((key) => key.length))).toBeLessThanOrEqual(4);
  });

  test('Any insertions anywhere keep keys well formed and strictly ascending', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 5 })), { maxLength: 60 }), (insertions) => {
      const keys: string[] = [];
      for (const [at, count] of insertions) {
        const index = at % (keys.length + 1);
        keys.splice(index, 0, ...keysBetween(keys[index - 1] ?? null, keys[index] ?? null, count));
      }
      expect(keys.every(isKey)).toBe(true);
      expect(keys.every((key, i) => i === 0 || (keys[i - 1] as string) < key)).toBe(true);
    }));
  });

  test('Always inserting at one place grows a key by less than a character in five', () => {
    let before = 'a1';
    for (let i = 0; i < 500; i++) before = keyBetween('a0', before);
    expect(before.length).toBeLessThan(110);
  });
});
