import { describe, expect, test } from 'vitest';
import { jsonEqual, mergePatch, type JsonValue } from '../../src/index.js';

describe('Merge patch', () => {
  // The cases of RFC 7396, appendix A: target, patch, result.
  const cases: [JsonValue, JsonValue, JsonValue][] = [
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [['a', 'b'], ['c', 'd'], ['c', 'd']],
    [{ a: 'b' }, ['c'], ['c']],
    [{ a: 'foo' }, null, null],
    [{ a: 'foo' }, 'bar', 'bar'],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: 'b', c: null }, { a: 'b' }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ];

  test.each(cases)('Patching %j with %j gives %j', (target, patch, result) => {
    expect(mergePatch(target, patch)).toEqual(result);
  });

  test('Neither the target nor the patch is changed, and untouched parts are shared', () => {
    const target = { kept: { deep: 1 }, changed: { a: 1 } };
    const patch = { changed: { a: 2 } };
    const result = mergePatch(target, patch) as typeof target;
    expect(target).toEqual({ kept: { deep: 1 }, changed: { a: 1 } });
    expect(patch).toEqual({ changed: { a: 2 } });
    expect(result.kept).toBe(target.kept);
  });

  test('A property named __proto__ is a property like any other', () => {
    const patch = JSON.parse('{"__proto__": {"polluted": true}}') as JsonValue;
    const result = mergePatch({}, patch);
    expect(Object.keys(result as object)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('Equality of JSON', () => {
  test('The order of keys does not matter, and undefined is absence', () => {
    expect(jsonEqual({ a: 1, b: [{ c: 2 }] }, { b: [{ c: 2 }], a: 1 })).toBe(true);
    expect(jsonEqual({ a: 1, b: undefined }, { a: 1 })).toBe(true);
    expect(jsonEqual({ a: 1 }, { a: 1, b: undefined })).toBe(true);
  });

  test.each([
    [{ a: 1 }, { a: 2 }], [{ a: 1 }, { a: 1, b: 2 }], [{ a: null }, {}], [[1, 2], [2, 1]], [[1], [1, 2]], [{}, []], [null, {}], ['1', 1],
  ])('%j is not %j', (a, b) => {
    expect(jsonEqual(a, b)).toBe(false);
    expect(jsonEqual(b, a)).toBe(false);
  });
});
