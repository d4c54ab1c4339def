import type { Change, DesignDocument, DesignNode, Operation } from '../src/index.js';

export function sampleNode(id: string, fields: Partial<DesignNode> = {}): DesignNode {
  return { id, type: 'text', x: 0, y: 0, order: 'a0', props: {}, ...fields };
}

export function sampleDesign(fields: Partial<DesignDocument> = {}): DesignDocument {
  return {
    id: 'dsg_1', projectId: 'prj_1', name: 'Sample', kind: 'wireframe', epoch: 'e1', revision: 0,
    nodes: [], connections: [], createdAt: '2026-01-01T00:00:00Z', updatedAt: '2026-01-01T00:00:00Z', ...fields,
  };
}

export function sampleChange(revision: number, operations: readonly Operation[], batchId = `batch-${revision}`): Change {
  return { revision, batchId, at: `2026-01-01T00:00:${String(revision).padStart(2, '0')}Z`, author: { id: 'usr_2', kind: 'user' }, operations };
}

export function wire(id: string, from: string, to: string): Operation {
  return { op: 'connection.add', connection: { id, from: { node: from, port: 'out' }, to: { node: to, port: 'in' } } };
}
