import { newElementId, orderAt, type DesignSession, type Operation } from '../../src/index.js';

/** A random batch that the server takes: adds, moves, labels and removals of what the session shows. */
export function inventEdit(session: DesignSession, random: () => number, serial: number): Operation[] {
  const content = session.store.getSnapshot();
  if (content === null) return [];
  const ids = [...content.nodes.keys()];
  const pick = (): string | undefined => ids[Math.floor(random() * ids.length)];
  const choice = random();
  const id = pick();
  if (id === undefined || choice < 0.4) {
    const frames = [...content.nodes.values()].filter((node) => node.type === 'frame');
    const parent = random() < 0.5 ? frames[Math.floor(random() * frames.length)]?.id : undefined;
    const order = random() < 0.5 ? { order: orderAt(content, parent ?? '', Math.floor(random() * 4)) } : {};
    const type = random() < 0.3 ? 'frame' : 'shape.rectangle';
    return [{ op: 'node.add', node: { id: newElementId(), type, x: serial, y: 0, ...order, ...(parent !== undefined && { parent }) } }];
  }
  if (choice < 0.85) return [{ op: 'node.set', id, patch: { x: serial, y: Math.floor(random() * 100), label: random() < 0.2 ? null : `label ${serial}` } }];
  if (choice < 0.92) return [{ op: 'design.set', patch: { name: `Name ${serial}` } }];
  return [{ op: 'node.remove', id }];
}
