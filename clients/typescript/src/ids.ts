/** A random UUID (version 4). Unlike `crypto.randomUUID` this works on pages served without TLS too. */
export function newUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A random id for a node or connection: 16 base-62 characters, about 95 bits. */
export function newElementId(): string {
  let id = '';
  while (id.length < 16) {
    for (const byte of crypto.getRandomValues(new Uint8Array(16))) {
      // Bytes past the largest multiple of 62 would favour the first letters.
      if (byte < 248 && id.length < 16) id += ALPHABET.charAt(byte % 62);
    }
  }
  return id;
}
