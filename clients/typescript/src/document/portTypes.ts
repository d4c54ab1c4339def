/** The type of a port: `any`, `text`, `number`, `boolean`, `json`, `file`, `signal` or `list<T>`. */
export type PortType = string;

/**
 * Whether what leaves an output of one type may enter an input of another; the server's rule, so that a connection that it
 * would refuse is not offered. The same type fits, `any` on either side, everything into `signal` (only its arrival
 * counts), everything that has a JSON form into `json`, and lists when their elements fit.
 */
export function fits(output: PortType, input: PortType): boolean {
  if (output === input || output === 'any' || input === 'any' || input === 'signal') {
    return true;
  }

  if (input === 'json') {
    return output !== 'file' && output !== 'signal';
  }

  const [from, to] = [elementOf(output), elementOf(input)];
  return from !== undefined && to !== undefined && fits(from, to);
}

function elementOf(type: PortType): PortType | undefined {
  return type.startsWith('list<') && type.endsWith('>') ? type.slice('list<'.length, -1) : undefined;
}
