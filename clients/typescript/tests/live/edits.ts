import { newElementId, orderAt, type DesignContent, type DesignSession, type Operation } from '../../src/index.js';

/** A random batch that the server takes: what people do to what the session shows. */
export function inventEdit(session: DesignSession, random: () => number, serial: number): Operation[] {
  const content = session.store.getSnapshot();
  if (content === null) return [];
  const id = pick([...content.nodes.keys()], random);
  const choice = random();
  if (id === undefined || choice < 0.35) return [content.header.kind === 'process' ? addStep(serial) : addShape(content, random, serial)];
  if (choice < 0.75) return [{ op: 'node.set', id, patch: { x: serial, y: Math.floor(random() * 100), label: random() < 0.2 ? null : `label ${serial}` } }];
  if (choice < 0.85) return [connect(content, random)];
  if (choice < 0.92) return [{ op: 'design.set', patch: { name: `Name ${serial}` } }];
  return [{ op: 'node.remove', id }];
}

function addShape(content: DesignContent, random: () => number, x: number): Operation {
  const frames = [...content.nodes.values()].filter((node) => node.type === 'frame');
  const parent = random() < 0.5 ? pick(frames, random)?.id : undefined;
  const order = random() < 0.5 ? { order: orderAt(content, parent ?? '', Math.floor(random() * 4)) } : {};
  const type = random() < 0.3 ? 'frame' : 'shape.rectangle';
  return { op: 'node.add', node: { id: newElementId(), type, x, y: 0, ...order, ...(parent !== undefined && { parent }) } };
}

/** The one step of a process that takes any connection. */
function addStep(x: number): Operation {
  return { op: 'node.add', node: { id: newElementId(), type: 'foreign', x, y: 0 } };
}

/** Connects two steps or takes a connection away; where there is nothing to connect, describes the design. */
function connect(content: DesignContent, random: () => number): Operation {
  const steps = [...content.nodes.values()].filter((node) => node.type === 'foreign');
  const [from, to] = [pick(steps, random), pick(steps, random)];
  const connection = pick([...content.connections.keys()], random);
  if (connection !== undefined && random() < 0.4) return { op: 'connection.remove', id: connection };
  if (from === undefined || to === undefined) return { op: 'design.set', patch: { description: `${random()}` } };
  return { op: 'connection.add', connection: { id: newElementId(), from: { node: from.id, port: 'out' }, to: { node: to.id, port: 'in' } } };
}

function pick<T>(from: readonly T[], random: () => number): T | undefined {
  return from[Math.floor(random() * from.length)];
}
