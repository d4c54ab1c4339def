import type { DesignConnection, DesignNode, Operation } from '../protocol/design.js';
import { assertNever, type JsonObject, type JsonValue } from '../protocol/json.js';
import { dropConnection, dropNode, isWithin, putConnection, putNode, withoutNulls, type DesignContent } from './content.js';
import { jsonEqual, mergePatch } from './mergePatch.js';

/** The content after a batch, and the indexes of the operations that had nothing to act on. */
export interface Applied {
  readonly content: DesignContent;
  readonly ignored: readonly number[];
}

/** Applies operations one after the other. Pure: `content` stays valid. */
export function applyAll(content: DesignContent, operations: readonly Operation[]): Applied {
  const ignored: number[] = [];
  let result = content;
  operations.forEach((operation, index) => {
    const next = apply(result, operation);
    if (next === null) ignored.push(index);
    else result = next;
  });
  return { content: result, ignored };
}

/**
 * Applies one operation, by the server's rules.
 * @returns the new content (the same object where nothing changed), or null when the operation is
 * ignored because what it addresses is not there.
 */
export function apply(content: DesignContent, operation: Operation): DesignContent | null {
  switch (operation.op) {
    case 'node.add': {
      const { node } = operation;
      // The server gives a taken id a new name; until its answer tells which, the older node keeps it.
      if (content.nodes.has(node.id)) return null;
      const added: DesignNode = withoutNulls({ ...node, order: node.order ?? '', props: withoutNullMembers(node.props) });
      return canContain(content, added.parent) ? putNode(content, added) : null;
    }
    case 'node.set': {
      const before = content.nodes.get(operation.id);
      if (before === undefined) return null;
      const after = { ...patched(before, operation.patch), id: before.id };
      if (after.parent !== before.parent && (!canContain(content, after.parent) || inside(content, after))) return null;
      return jsonEqual(before, after) ? content : putNode(content, after);
    }
    case 'node.remove':
      return content.nodes.has(operation.id) ? dropNode(content, operation.id) : null;
    case 'connection.add': {
      const { connection } = operation;
      if (content.connections.has(connection.id)) return null;
      const added: DesignConnection = withoutNulls({ ...connection, props: withoutNullMembers(connection.props) });
      return endsExist(content, added) ? putConnection(content, added) : null;
    }
    case 'connection.set': {
      const before = content.connections.get(operation.id);
      if (before === undefined) return null;
      const merged = patched(before, operation.patch);
      const after = { ...merged, id: before.id, props: merged.props ?? {} };
      if (!endsExist(content, after)) return null;
      return jsonEqual(before, after) ? content : putConnection(content, after);
    }
    case 'connection.remove':
      return content.connections.has(operation.id) ? dropConnection(content, operation.id) : null;
    case 'design.set': {
      const header = patched(content.header, operation.patch);
      return jsonEqual(header, content.header) ? content : { ...content, header };
    }
    default:
      return assertNever(operation);
  }
}

/** Null means removed, in new properties as in patches. */
function withoutNullMembers(props: JsonObject = {}): JsonObject {
  return mergePatch({}, props) as JsonObject;
}

function patched<T extends object>(target: T, patch: object): T {
  return mergePatch(target as unknown as JsonValue, patch as JsonValue) as unknown as T;
}

function canContain(content: DesignContent, parent: string | undefined): boolean {
  return parent === undefined || content.nodes.has(parent);
}

function inside(content: DesignContent, node: DesignNode): boolean {
  return node.parent !== undefined && isWithin(content, node.parent, node.id);
}

function endsExist(content: DesignContent, connection: DesignConnection): boolean {
  return content.nodes.has(connection.from.node) && content.nodes.has(connection.to.node);
}
