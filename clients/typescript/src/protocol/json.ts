/** Any JSON value as it travels on the wire. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;

/** A JSON object. Values are never `undefined`. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** Marks a place the type system proves unreachable; reaching it means the wire and the types disagree. */
export function assertNever(value: never): never {
  throw new TypeError(`Unexpected value: ${JSON.stringify(value)}`);
}
