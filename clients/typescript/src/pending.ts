import type { Change, Committed, Operation } from './protocol/design.js';
import { assertNever } from './protocol/json.js';
import { jsonEqual } from './document/mergePatch.js';

/** How a committed batch differs from the one that was sent. */
export interface Outcome {
  /** Indexes of sent operations that had no effect. */
  readonly ignored: readonly number[];
  /** Ids that were taken, to the names the server gave instead. */
  readonly renames: ReadonlyMap<string, string>;
}

/**
 * Reads from a committed change what became of the batch. The server's own answer says the same, but
 * it is lost with its connection, while the change is always delivered.
 */
export function outcomeOf(sent: readonly Operation[], committed: readonly Operation[]): Outcome {
  const ignored: number[] = [];
  const renames = new Map<string, string>();
  let next = 0;
  sent.forEach((operation, index) => {
    const counterpart = committed[next];
    if (counterpart === undefined || !corresponds(operation, counterpart, renames)) {
      ignored.push(index);
      return;
    }
    const [before, after] = [addedId(operation), addedId(counterpart)];
    if (before !== undefined && after !== undefined && before !== after) renames.set(before, after);
    next++;
  });
  return { ignored, renames };
}

/** The answer the server gave to a batch, as far as its change tells. */
export function resultOf(sent: readonly Operation[], change: Change): Committed {
  const { ignored } = outcomeOf(sent, change.operations);
  const expected = sent.filter((_, index) => !ignored.includes(index));
  return {
    status: 'committed',
    revision: change.revision,
    ignored,
    ...(jsonEqual(expected, change.operations) ? {} : { operations: change.operations }),
  };
}

/** Operations with the ids they refer to replaced by their new names. */
export function renameReferences(operations: readonly Operation[], renames: ReadonlyMap<string, string>): readonly Operation[] {
  const named = (id: string): string => renames.get(id) ?? id;
  const end = <T extends { readonly node?: string }>(value: T): T =>
    value.node === undefined ? value : { ...value, node: named(value.node) };
  return operations.map((operation): Operation => {
    switch (operation.op) {
      case 'node.add': {
        const { node } = operation;
        return node.parent === undefined ? operation : { ...operation, node: { ...node, parent: named(node.parent) } };
      }
      case 'node.set': {
        const { patch } = operation;
        const moved = typeof patch.parent === 'string' ? { ...patch, parent: named(patch.parent) } : patch;
        return { ...operation, id: named(operation.id), patch: moved };
      }
      case 'node.remove':
      case 'connection.remove':
        return { ...operation, id: named(operation.id) };
      case 'connection.add': {
        const { connection } = operation;
        return { ...operation, connection: { ...connection, from: end(connection.from), to: end(connection.to) } };
      }
      case 'connection.set': {
        const { from, to, ...rest } = operation.patch;
        const patch = { ...rest, ...(from && { from: end(from) }), ...(to && { to: end(to) }) };
        return { ...operation, id: named(operation.id), patch };
      }
      case 'design.set':
        return operation;
      default:
        return assertNever(operation);
    }
  });
}

function addedId(operation: Operation): string | undefined {
  return operation.op === 'node.add' ? operation.node.id
    : operation.op === 'connection.add' ? operation.connection.id
    : undefined;
}

function corresponds(sent: Operation, committed: Operation, renames: ReadonlyMap<string, string>): boolean {
  switch (sent.op) {
    case 'node.add':
      return committed.op === 'node.add'
        && (sent.node.id === committed.node.id || jsonEqual(sent.node.props ?? {}, committed.node.props ?? {}))
        && sent.node.type === committed.node.type;
    case 'connection.add':
      return committed.op === 'connection.add'
        && sent.connection.from.port === committed.connection.from.port
        && sent.connection.to.port === committed.connection.to.port;
    case 'node.set':
    case 'node.remove':
    case 'connection.set':
    case 'connection.remove':
      return committed.op === sent.op && committed.id === (renames.get(sent.id) ?? sent.id);
    case 'design.set':
      return committed.op === 'design.set';
    default:
      return assertNever(sent);
  }
}
