import { describe, expect, test } from 'vitest';
import {
  apply, applyAll, childrenOf, connectionsOf, fromDocument, orderAfterLast, orderAt, toDocument,
  type DesignContent, type DesignDocument, type Operation,
} from '../../src/index.js';
import { sampleDesign, sampleNode, wire } from '../samples.js';

/** frame contains a and b; a is connected to b, and b to c outside. */
const design = sampleDesign({
  nodes: [
    sampleNode('frame', { type: 'frame', order: 'a0' }),
    sampleNode('a', { parent: 'frame', order: 'a0', label: 'A', props: { text: 'hi', style: { color: 'red', size: 1 } } }),
    sampleNode('b', { parent: 'frame', order: 'a1' }),
    sampleNode('c', { order: 'a1' }),
  ],
  connections: [
    { id: 'ab', from: { node: 'a', port: 'out' }, to: { node: 'b', port: 'in' }, props: {} },
    { id: 'bc', from: { node: 'b', port: 'out' }, to: { node: 'c', port: 'in' }, props: { weight: 1 } },
  ],
});

const content = fromDocument(design).content;

function after(...operations: Operation[]): DesignContent {
  const { content: result, ignored } = applyAll(content, operations);
  expect(ignored).toEqual([]);
  return result;
}

function documentOf(result: DesignContent): DesignDocument {
  return toDocument({ content: result, position: { epoch: 'e1', revision: 0 }, updatedAt: design.updatedAt });
}

describe('A document', () => {
  test('Comes back from memory as it was read', () => {
    expect(documentOf(content)).toEqual({ ...design, nodes: ['frame', 'a', 'b', 'c'].map((id) => content.nodes.get(id)) });
  });

  test('Fields that are null on the wire are absent here', () => {
    const read = fromDocument(sampleDesign({ description: null as never, nodes: [sampleNode('n', { label: null as never })] }));
    expect('label' in (read.content.nodes.get('n') as object)).toBe(false);
    expect('description' in read.content.header).toBe(false);
  });

  test('Header fields of a newer server are kept', () => {
    expect(toDocument(fromDocument({ ...design, tags: ['x'] } as DesignDocument))).toHaveProperty('tags', ['x']);
  });
});

describe('node.add', () => {
  test('Adds a node with empty properties where none are given', () => {
    const result = after({ op: 'node.add', node: { id: 'n', type: 'text', x: 1, y: 2, order: 'a5' } });
    expect(result.nodes.get('n')).toEqual(sampleNode('n', { x: 1, y: 2, order: 'a5' }));
    expect(content.nodes.has('n')).toBe(false);
  });

  test('Properties that are null are none, as in a patch', () => {
    const result = after({ op: 'node.add', node: sampleNode('n', { props: { a: null, b: { c: null, d: 1 } } }) });
    expect(result.nodes.get('n')?.props).toEqual({ b: { d: 1 } });
  });

  test.each<[string, Operation]>([
    ['the id is taken', { op: 'node.add', node: sampleNode('a') }],
    ['the parent is gone', { op: 'node.add', node: sampleNode('n', { parent: 'gone' }) }],
  ])('Is ignored when %s', (_, operation) => expect(apply(content, operation)).toBeNull());
});

describe('node.set', () => {
  test('Merges into fields and nested properties, and null removes', () => {
    const result = after({ op: 'node.set', id: 'a', patch: { x: 9, label: null, props: { style: { color: null, bold: true } } } });
    const node = result.nodes.get('a');
    expect(node).toEqual(sampleNode('a', { parent: 'frame', x: 9, props: { text: 'hi', style: { size: 1, bold: true } } }));
    expect('label' in (node as object)).toBe(false);
  });

  test('Moves a node between parents', () => {
    const result = after({ op: 'node.set', id: 'a', patch: { parent: null, order: 'a2' } });
    expect(childrenOf(result, 'frame').map((node) => node.id)).toEqual(['b']);
    expect(childrenOf(result, '').map((node) => node.id)).toEqual(['frame', 'c', 'a']);
  });

  test('Without effect gives the same content', () => {
    expect(apply(content, { op: 'node.set', id: 'a', patch: { x: 0 } })).toBe(content);
  });

  test.each<[string, Operation]>([
    ['the node is gone', { op: 'node.set', id: 'gone', patch: { x: 1 } }],
    ['the new parent is gone', { op: 'node.set', id: 'a', patch: { parent: 'gone' } }],
    ['a node would contain itself', { op: 'node.set', id: 'frame', patch: { parent: 'frame' } }],
    ['a node would contain its container', { op: 'node.set', id: 'frame', patch: { parent: 'b' } }],
  ])('Is ignored when %s', (_, operation) => expect(apply(content, operation)).toBeNull());
});

describe('node.remove', () => {
  test('Removing a node removes its children and every connection that touches one of them', () => {
    const result = after({ op: 'node.remove', id: 'frame' });
    expect([...result.nodes.keys()]).toEqual(['c']);
    expect(result.connections.size).toBe(0);
    expect(connectionsOf(result, 'c')).toEqual([]);
    expect(childrenOf(result, '').map((node) => node.id)).toEqual(['c']);
  });

  test('Is ignored when the node is gone', () => expect(apply(content, { op: 'node.remove', id: 'gone' })).toBeNull());
});

describe('Connections', () => {
  test('Are added, changed and removed, and their ends know them', () => {
    const added = after(wire('ac', 'a', 'c'));
    expect(connectionsOf(added, 'c').map((connection) => connection.id)).toEqual(['ac', 'bc']);
    const moved = after({ op: 'connection.set', id: 'bc', patch: { to: { node: 'a' }, props: { weight: null, label: 'x' } } });
    expect(moved.connections.get('bc')).toEqual({ id: 'bc', from: { node: 'b', port: 'out' }, to: { node: 'a', port: 'in' }, props: { label: 'x' } });
    expect(connectionsOf(moved, 'c')).toEqual([]);
    expect(connectionsOf(moved, 'a').map((connection) => connection.id)).toEqual(['ab', 'bc']);
    const removed = after({ op: 'connection.remove', id: 'ab' });
    expect(connectionsOf(removed, 'a')).toEqual([]);
  });

  test('A connection from a node to itself is known once and removed with it', () => {
    const result = after(wire('loop', 'c', 'c'));
    expect(connectionsOf(result, 'c').map((connection) => connection.id)).toEqual(['bc', 'loop']);
    expect(apply(result, { op: 'node.remove', id: 'c' })?.connections.has('loop')).toBe(false);
  });

  test.each<[string, Operation]>([
    ['added from a node that is gone', wire('n', 'gone', 'c')],
    ['added to a node that is gone', wire('n', 'c', 'gone')],
    ['added under a taken id', wire('ab', 'b', 'c')],
    ['set but gone', { op: 'connection.set', id: 'gone', patch: {} }],
    ['set to end at a node that is gone', { op: 'connection.set', id: 'ab', patch: { to: { node: 'gone' } } }],
    ['removed but gone', { op: 'connection.remove', id: 'gone' }],
  ])('Are ignored when %s', (_, operation) => expect(apply(content, operation)).toBeNull());
});

describe('design.set', () => {
  test('Changes name, description and settings, and nothing else', () => {
    const result = after({ op: 'design.set', patch: { name: 'New', description: 'D', settings: { grid: 8 } } });
    expect(result.header).toMatchObject({ name: 'New', description: 'D', settings: { grid: 8 } });
    expect(result.nodes).toBe(content.nodes);
    expect(apply(result, { op: 'design.set', patch: { description: null } })?.header).not.toHaveProperty('description');
  });
});

describe('A batch', () => {
  test('Names the operations that were ignored and applies the others', () => {
    const { content: result, ignored } = applyAll(content, [
      { op: 'node.remove', id: 'a' }, { op: 'node.set', id: 'a', patch: { x: 1 } }, { op: 'node.set', id: 'b', patch: { x: 1 } },
    ]);
    expect(ignored).toEqual([1]);
    expect(result.nodes.get('b')?.x).toBe(1);
  });
});

describe('Order among siblings', () => {
  test('A key can be had for any place', () => {
    expect(orderAt(content, 'frame', 0)).toBe('Zz');
    expect(orderAt(content, 'frame', 1)).toBe('a0V');
    expect(orderAt(content, 'frame', 99)).toBe('a2');
    expect(orderAt(content, 'empty', 0)).toBe('a0');
  });

  test('A node that moves among its siblings does not count as one', () => {
    expect(orderAt(content, 'frame', 1, 'a')).toBe('a2');
  });

  test('Siblings with equal keys are ordered by id, and one is put after both', () => {
    const twins = after({ op: 'node.add', node: sampleNode('aa', { parent: 'frame', order: 'a0' }) });
    expect(childrenOf(twins, 'frame').map((node) => node.id)).toEqual(['a', 'aa', 'b']);
    expect(orderAt(twins, 'frame', 1)).toBe('a0V');
  });

  test('The last key is known after appending, moving away and removing the last', () => {
    let result = content;
    const add = (id: string): void => {
      result = apply(result, { op: 'node.add', node: sampleNode(id, { order: orderAfterLast(result, '') }) }) as DesignContent;
    };
    add('d');
    add('e');
    expect(result.nodes.get('e')?.order).toBe('a3');
    result = apply(result, { op: 'node.set', id: 'e', patch: { order: 'Zz' } }) as DesignContent;
    expect(orderAfterLast(result, '')).toBe('a3');
    result = apply(result, { op: 'node.remove', id: 'd' }) as DesignContent;
    expect(orderAfterLast(result, '')).toBe('a2');
  });
});
