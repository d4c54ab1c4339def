import type { JsonObject, JsonValue } from '../protocol/json.js';

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Applies an RFC 7396 merge patch and returns the result; neither argument is changed,
 * and parts the patch does not mention are shared with `target`.
 */
export function mergePatch(target: JsonValue | undefined, patch: JsonValue): JsonValue {
  if (!isObject(patch)) return patch;
  const result: Record<string, JsonValue> = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    // JSON leaves no undefined on the wire, so a field set to undefined is a field not mentioned.
    if (value === undefined) continue;
    if (value === null) {
      delete result[key];
      continue;
    }
    // "__proto__" is an ordinary name in JSON; assignment would change the prototype instead.
    const before = Object.hasOwn(result, key) ? result[key] : undefined;
    Object.defineProperty(result, key, {
      value: mergePatch(before, value),
      configurable: true,
      enumerable: true,
      writable: true,
    });
  }
  return result;
}

/** Whether two JSON values are equal; the order of object keys does not matter, undefined fields do not count. */
export function jsonEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b) || a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, i) => jsonEqual(item, b[i]));
  }
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  for (const key of Object.keys(left)) {
    if (left[key] !== undefined && !(Object.hasOwn(right, key) && jsonEqual(left[key], right[key]))) return false;
  }
  return Object.keys(right).every((key) => right[key] === undefined || (Object.hasOwn(left, key) && left[key] !== undefined));
}
