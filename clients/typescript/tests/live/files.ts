import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file of another tool. */
export interface ForeignFile {
  readonly name: string;
  readonly content: string;
}

/** Files to import: two made here, and those of other people in the folder that `ACTORS_SHARED_DATA` names. */
export function foreignFiles(): ForeignFile[] {
  const folder = process.env['ACTORS_SHARED_DATA'];
  const others = folder ? readdirSync(folder).filter((name) => /\.(reactflow\.json|excalidraw|excalidrawlib)$/.test(name)) : [];
  return [
    { name: 'a flow made here', content: JSON.stringify(flow(12)) },
    { name: 'a drawing made here', content: JSON.stringify(drawing(10)) },
    ...others.map((name) => ({ name, content: readFileSync(join(folder as string, name), 'utf8') })),
  ];
}

/** A chain of agents as React Flow keeps it, with a branch back to the first. */
function flow(length: number): object {
  const nodes = Array.from({ length }, (_, i) => ({
    id: `step_${i}`,
    type: 'customNode',
    position: { x: i * 320, y: (i % 3) * 90 },
    width: 300,
    height: 140,
    data: { label: `Step ${i}`, name: 'worker', inputs: { prompt: `Do part ${i}` } },
  }));
  const edges = nodes.map((node, i) => ({ id: `edge_${i}`, source: node.id, target: `step_${(i + 1) % length}` }));
  return { nodes, edges, viewport: { x: 0, y: 0, zoom: 1 } };
}

/** Cards with captions and arrows between them, as Excalidraw keeps them. */
function drawing(cards: number): object {
  const common = {
    angle: 0, strokeColor: '#1e1e1e', backgroundColor: 'transparent', fillStyle: 'solid', strokeWidth: 2, strokeStyle: 'solid',
    roughness: 1, opacity: 100, groupIds: [], frameId: null, roundness: null, seed: 1, version: 1, versionNonce: 1,
    isDeleted: false, updated: 1, link: null, locked: false, boundElements: null,
  };
  const elements = Array.from({ length: cards }, (_, i) => [
    { ...common, id: `card_${i}`, type: i % 2 === 0 ? 'rectangle' : 'ellipse', x: i * 200, y: 0, width: 160, height: 90 },
    {
      ...common, id: `caption_${i}`, type: 'text', x: i * 200 + 10, y: 30, width: 140, height: 25, text: `Card ${i}`, originalText: `Card ${i}`,
      fontSize: 20, fontFamily: 1, textAlign: 'center', verticalAlign: 'middle', containerId: null, lineHeight: 1.25,
    },
    { ...common, id: `arrow_${i}`, type: 'arrow', x: i * 200 + 160, y: 45, width: 40, height: 0, points: [[0, 0], [40, 0]], startBinding: null, endBinding: null, startArrowhead: null, endArrowhead: 'arrow' },
  ]).flat();
  return { type: 'excalidraw', version: 2, source: 'tests', elements, appState: {}, files: {} };
}
