import { describe, expect, test, vi } from 'vitest';
import { DesignNotLoadedError, DesignStore, type Operation, type Settlement } from '../src/index.js';
import { sampleChange, sampleDesign, sampleNode } from './samples.js';

const set = (id: string, x: number): Operation => ({ op: 'node.set', id, patch: { x } });
const add = (id: string): Operation => ({ op: 'node.add', node: { id, type: 'text', x: 0, y: 0 } });
const change = sampleChange;

function loaded(): { store: DesignStore; settled: Settlement[] } {
  const store = new DesignStore();
  const design = sampleDesign({ nodes: [sampleNode('a'), sampleNode('b', { order: 'a1' })] });
  store.receive({ kind: 'snapshot', epoch: 'e1', revision: 0, design });
  const settled: Settlement[] = [];
  store.onSettled((settlement) => settled.push(settlement));
  return { store, settled };
}

describe('Local edits', () => {
  test('Show at once and leave the committed document alone', () => {
    const { store } = loaded();
    store.edit([set('a', 5)]);
    expect(store.getNode('a')?.x).toBe(5);
    expect(store.committed?.nodes[0]?.x).toBe(0);
    expect(store.pendingCount).toBe(1);
  });

  test('Are refused before the first state', () => {
    expect(() => new DesignStore().edit([set('a', 1)])).toThrow(DesignNotLoadedError);
  });

  test('Give new nodes an order key after their last sibling, each its own', () => {
    const { store } = loaded();
    const batch = store.edit([add('c'), add('d')]);
    expect(batch.operations.map((operation) => operation.op === 'node.add' && operation.node.order)).toEqual(['a2', 'a3']);
  });
});

describe('The own batch', () => {
  test('Coming back as it was sent changes nothing that is seen', () => {
    const { store } = loaded();
    const batch = store.edit([set('a', 5)]);
    const before = store.getSnapshot();
    const heard = vi.fn();
    store.subscribe(heard);
    store.receive({ kind: 'changes', changes: [change(1, batch.operations, batch.batchId)] });
    expect(store.pendingCount).toBe(0);
    expect(store.position).toEqual({ epoch: 'e1', revision: 1 });
    expect(store.committed?.nodes[0]?.x).toBe(5);
    expect(store.getSnapshot()).toBe(before);
    expect(heard).not.toHaveBeenCalled();
  });

  test.each([['answer', 'change'], ['change', 'answer']])('Settles once, whether the %s or the %s comes first', (first) => {
    const { store, settled } = loaded();
    const { batchId, operations } = store.edit([set('a', 5)]);
    const arrive = {
      answer: () => store.acknowledge(batchId, { status: 'committed', revision: 1, ignored: [] }),
      change: () => store.receive({ kind: 'changes', changes: [change(1, operations, batchId)] }),
    };
    (first === 'answer' ? [arrive.answer, arrive.change] : [arrive.change, arrive.answer]).forEach((run) => run());
    expect(settled).toEqual([{ batch: expect.objectContaining({ batchId }), result: { status: 'committed', revision: 1, ignored: [] } }]);
    expect(store.pendingCount).toBe(0);
  });

  test('That was partly ignored is settled with the indexes, from the change alone', () => {
    const { store, settled } = loaded();
    const { batchId, operations } = store.edit([set('a', 5), set('b', 6)]);
    store.receive({ kind: 'changes', changes: [change(1, [{ op: 'node.remove', id: 'a' }]), change(2, operations.slice(1), batchId)] });
    expect(settled[0]).toMatchObject({ result: { revision: 2, ignored: [0] } });
    expect(store.document?.nodes.map((node) => [node.id, node.x])).toEqual([['b', 6]]);
  });

  test('That the server refuses is taken back and reported', () => {
    const { store, settled } = loaded();
    const first = store.edit([set('a', 5)]);
    store.edit([set('b', 6)]);
    const error = { code: 'property_invalid', detail: 'x', index: 0, retryable: false };
    store.refuse(first.batchId, error);
    expect([store.getNode('a')?.x, store.getNode('b')?.x]).toEqual([0, 6]);
    expect(settled).toEqual([{ batch: first, refused: error }]);
  });

  test('Acknowledged but not yet delivered stays pending until its change arrives', () => {
    const { store } = loaded();
    const { batchId } = store.edit([set('a', 5)]);
    store.acknowledge(batchId, { status: 'committed', revision: 2, ignored: [] });
    expect(store.unacknowledged).toEqual([]);
    store.receive({ kind: 'changes', changes: [change(1, [set('a', 1)])] });
    expect(store.getNode('a')?.x).toBe(5);
    expect(store.committed?.nodes[0]?.x).toBe(1);
  });
});

describe('What the server changed', () => {
  test('A new name is taken over, also in later batches that were not sent yet', () => {
    const { store } = loaded();
    const rewritten = vi.fn();
    store.onRewritten(rewritten);
    const { batchId } = store.edit([add('n')]);
    store.markSent(batchId);
    store.edit([set('n', 7), { op: 'node.add', node: { id: 'child', type: 'text', parent: 'n', x: 0, y: 0 } }]);
    const renamed: Operation = { op: 'node.add', node: sampleNode('n2', { order: 'a2' }) };
    store.acknowledge(batchId, { status: 'committed', revision: 1, ignored: [], operations: [renamed] });
    expect(store.getNode('n')).toBeUndefined();
    expect(store.getNode('n2')?.x).toBe(7);
    expect(store.getNode('child')?.parent).toBe('n2');
    expect(rewritten).toHaveBeenCalledOnce();
    expect(store.unacknowledged[0]?.operations[0]).toEqual(set('n2', 7));
    store.receive({ kind: 'changes', changes: [change(1, [renamed], batchId)] });
    expect(store.getNode('n2')?.x).toBe(7);
  });

  test('A batch that was sent is never rewritten, since it is known by its id', () => {
    const { store } = loaded();
    const first = store.edit([add('n')]);
    const second = store.edit([set('n', 7)]);
    store.markSent(first.batchId);
    store.markSent(second.batchId);
    store.acknowledge(first.batchId, {
      status: 'committed', revision: 1, ignored: [], operations: [{ op: 'node.add', node: sampleNode('n2') }],
    });
    expect(store.unacknowledged).toEqual([second]);
  });

  test('A new order key is shown as soon as it is answered', () => {
    const { store } = loaded();
    const { batchId } = store.edit([{ op: 'node.add', node: sampleNode('c', { order: 'a0' }) }]);
    store.acknowledge(batchId, { status: 'committed', revision: 1, ignored: [], operations: [{ op: 'node.add', node: sampleNode('c', { order: 'a0V' }) }] });
    expect(store.getChildren().map((node) => node.id)).toEqual(['a', 'c', 'b']);
  });
});

describe('Changes of others', () => {
  test('Go beneath pending edits', () => {
    const { store } = loaded();
    store.edit([set('a', 5)]);
    store.receive({ kind: 'changes', changes: [change(1, [set('a', 1), { op: 'node.set', id: 'a', patch: { y: 2 } }])] });
    expect(store.getNode('a')).toMatchObject({ x: 5, y: 2 });
    expect(store.committed?.nodes[0]).toMatchObject({ x: 1, y: 2 });
  });

  test('That are known already are skipped', () => {
    const { store } = loaded();
    store.receive({ kind: 'changes', changes: [change(1, [{ op: 'node.remove', id: 'a' }])] });
    expect(store.receive({ kind: 'changes', changes: [change(1, [add('a')]), change(2, [set('b', 3)])] })).toBe(true);
    expect(store.getNode('a')).toBeUndefined();
    expect(store.getNode('b')?.x).toBe(3);
  });

  test('After a gap are not guessed at: what came before counts, the rest is asked for again', () => {
    const { store } = loaded();
    expect(store.receive({ kind: 'changes', changes: [change(1, [set('a', 1)]), change(3, [set('a', 3)])] })).toBe(false);
    expect(store.position?.revision).toBe(1);
    expect(store.getNode('a')?.x).toBe(1);
  });
});

describe('A snapshot', () => {
  const design = sampleDesign({ revision: 5, nodes: [sampleNode('a', { x: 5 }), sampleNode('b', { order: 'a1' })] });

  test('Drops pending batches that were acknowledged up to it and keeps the others on top', () => {
    const { store } = loaded();
    const [first, second] = [store.edit([set('a', 5)]), store.edit([set('a', 6)])];
    store.acknowledge(first.batchId, { status: 'committed', revision: 4, ignored: [] });
    store.receive({ kind: 'snapshot', epoch: 'e1', revision: 5, design });
    expect(store.pending).toEqual([second]);
    expect(store.getNode('a')?.x).toBe(6);
  });

  test('Of another epoch makes every pending batch one to be sent again', () => {
    const { store } = loaded();
    const batch = store.edit([set('a', 5)]);
    store.acknowledge(batch.batchId, { status: 'committed', revision: 4, ignored: [] });
    store.receive({ kind: 'snapshot', epoch: 'e2', revision: 5, design });
    expect(store.unacknowledged).toEqual([batch]);
  });

  test('Keeps the objects of all that did not change', () => {
    const { store } = loaded();
    const [a, b] = [store.getNode('a'), store.getNode('b')];
    const heard = { a: vi.fn(), b: vi.fn() };
    store.subscribeNode('a', heard.a);
    store.subscribeNode('b', heard.b);
    store.receive({ kind: 'snapshot', epoch: 'e1', revision: 5, design });
    expect(store.getNode('a')).not.toBe(a);
    expect(store.getNode('b')).toBe(b);
    expect(heard.a).toHaveBeenCalledOnce();
    expect(heard.b).not.toHaveBeenCalled();
  });
});

describe('Subscriptions', () => {
  test('Of one node hear of it alone, and no more once left', () => {
    const { store } = loaded();
    const [a, b] = [vi.fn(), vi.fn()];
    const leave = store.subscribeNode('a', a);
    store.subscribeNode('b', b);
    store.edit([set('a', 1)]);
    expect([a.mock.calls.length, b.mock.calls.length]).toEqual([1, 0]);
    leave();
    store.edit([set('a', 2)]);
    expect(a).toHaveBeenCalledOnce();
  });

  test('Hear of a removal by its parent', () => {
    const { store } = loaded();
    store.edit([{ op: 'node.add', node: { id: 'child', type: 'text', parent: 'a', x: 0, y: 0 } }]);
    const heard = vi.fn();
    store.subscribeNode('child', heard);
    store.receive({ kind: 'changes', changes: [change(1, [{ op: 'node.remove', id: 'a' }])] });
    expect(heard).toHaveBeenCalledOnce();
    expect(store.getNode('child')).toBeUndefined();
  });

  test('A snapshot that was taken stays as it was', () => {
    const { store } = loaded();
    const before = store.getSnapshot();
    store.edit([set('a', 1), { op: 'node.remove', id: 'b' }]);
    expect(before?.nodes.get('a')?.x).toBe(0);
    expect(before?.nodes.has('b')).toBe(true);
    expect(store.getSnapshot()).not.toBe(before);
  });
});

describe('Restoring', () => {
  test('Shows the stored document with the stored edits on top, to be sent as they were', () => {
    const { store } = loaded();
    const batch = store.edit([set('a', 5)]);
    const restored = new DesignStore();
    restored.restore(store.committed, store.pending);
    expect(restored.getNode('a')?.x).toBe(5);
    expect(restored.position).toEqual({ epoch: 'e1', revision: 0 });
    expect(restored.unacknowledged).toEqual([batch]);
  });

  test('Edits without a document wait for the first state', () => {
    const restored = new DesignStore();
    restored.restore(null, [{ batchId: 'x', baseRevision: 0, operations: [set('a', 5)] }]);
    expect(restored.getSnapshot()).toBeNull();
    restored.receive({ kind: 'snapshot', epoch: 'e1', revision: 3, design: sampleDesign({ revision: 3, nodes: [sampleNode('a')] }) });
    expect(restored.getNode('a')?.x).toBe(5);
  });
});
