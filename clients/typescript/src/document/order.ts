/*
 * Fractional index keys: strings whose ordinal order is the order of siblings.
 *
 * A key is an integer part and a fraction, both in base 62. The head of the integer part says how
 * long it is: 'a' to 'z' start a non-negative integer of 1 to 26 digits, 'Z' down to 'A' a negative
 * one of 1 to 26 digits. Appending counts the integer up and so keeps keys short; inserting between
 * two neighbours makes the fraction longer. A fraction never ends in '0', so each key has one spelling.
 */

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const FIRST = '0';
const LAST = 'z';
const SMALLEST_INTEGER = 'A' + FIRST.repeat(26);

/**
 * A key strictly between two others; `null` stands for the open end.
 * @throws RangeError when a key is malformed, or `after` is not less than `before`.
 */
export function keyBetween(after: string | null, before: string | null): string {
  if (after !== null) assertKey(after);
  if (before !== null) assertKey(before);
  if (after !== null && before !== null && after >= before) {
    throw new RangeError(`There is no key between "${after}" and "${before}".`);
  }
  if (after === null) return before === null ? 'a0' : keyBefore(before);
  if (before === null) return keyAfter(after);

  const integer = integerPart(after);
  const fraction = after.slice(integer.length);
  if (integer === integerPart(before)) return integer + between(fraction, before.slice(integer.length));
  const next = step(integer, 1);
  return next !== null && next < before ? next : integer + between(fraction, null);
}

/** `count` keys in ascending order, all strictly between two others; as short as they can evenly be. */
export function keysBetween(after: string | null, before: string | null, count: number): string[] {
  if (count <= 0) return [];
  if (before === null) {
    const keys: string[] = [];
    for (let key = after; keys.length < count; keys.push(key)) key = keyBetween(key, null);
    return keys;
  }
  if (after === null) {
    const keys: string[] = [];
    for (let key: string = before; keys.length < count; keys.push(key)) key = keyBetween(null, key);
    return keys.reverse();
  }
  const middle = keyBetween(after, before);
  const left = Math.floor((count - 1) / 2);
  return [...keysBetween(after, middle, left), middle, ...keysBetween(middle, before, count - 1 - left)];
}

/** Whether a string is a well-formed key. */
export function isKey(key: string): boolean {
  const head = key.charAt(0);
  if (!/^[A-Za-z]$/.test(head)) return false;
  const length = integerLength(head);
  return key.length >= length
    && key !== SMALLEST_INTEGER // nothing could ever come before it
    && /^[0-9A-Za-z]*$/.test(key)
    && !(key.length > length && key.endsWith(FIRST));
}

function assertKey(key: string): void {
  if (!isKey(key)) throw new RangeError(`"${key}" is not an order key.`);
}

function keyBefore(key: string): string {
  const integer = integerPart(key);
  if (integer === SMALLEST_INTEGER) return integer + between('', key.slice(integer.length));
  if (integer < key) return integer;
  const previous = step(integer, -1) as string; // only the smallest integer has none
  return previous === SMALLEST_INTEGER ? previous + between('', null) : previous;
}

function keyAfter(key: string): string {
  const integer = integerPart(key);
  return step(integer, 1) ?? integer + between(key.slice(integer.length), null);
}

/** Length of an integer part, its head included. */
function integerLength(head: string): number {
  return head >= 'a'
    ? head.charCodeAt(0) - 'a'.charCodeAt(0) + 2
    : 'Z'.charCodeAt(0) - head.charCodeAt(0) + 2;
}

function integerPart(key: string): string {
  return key.slice(0, integerLength(key.charAt(0)));
}

/** The next or previous integer, or null at the end of the range. */
function step(integer: string, by: 1 | -1): string | null {
  const [overflow, wrapped] = by === 1 ? [LAST, FIRST] : [FIRST, LAST];
  const digits = integer.slice(1).split('');
  for (let i = digits.length - 1; i >= 0; i--) {
    const digit = digits[i] as string;
    if (digit !== overflow) {
      digits[i] = DIGITS.charAt(DIGITS.indexOf(digit) + by);
      return integer.charAt(0) + digits.join('');
    }
    digits[i] = wrapped;
  }
  const head = nextHead(integer.charAt(0), by);
  return head === null ? null : head + wrapped.repeat(integerLength(head) - 1);
}

function nextHead(head: string, by: 1 | -1): string | null {
  if (by === 1) return head === 'Z' ? 'a' : head === 'z' ? null : String.fromCharCode(head.charCodeAt(0) + 1);
  return head === 'a' ? 'Z' : head === 'A' ? null : String.fromCharCode(head.charCodeAt(0) - 1);
}

/** A fraction strictly between two; '' is zero, and a `before` of null is one. */
function between(after: string, before: string | null): string {
  let prefix = '';
  for (let i = 0; ; i++) {
    const low = DIGITS.indexOf(after.charAt(i) || FIRST);
    const high = before === null ? DIGITS.length : DIGITS.indexOf(before.charAt(i) || FIRST);
    if (high - low > 1) return prefix + DIGITS.charAt(Math.floor((low + high) / 2));
    prefix += DIGITS.charAt(low);
    // One apart: anything that continues the lower digit is below the upper one.
    if (high - low === 1) before = null;
  }
}
