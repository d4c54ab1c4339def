import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
// @ts-expect-error A script, which has no types.
import { textOf } from '../../scripts/openapi.mjs';
import { ProblemError, type RestApi } from '../../src/index.js';
import { LiveServer, newDesign, noServer, register, type LiveUser } from './server.js';

describe.skipIf(noServer !== null)(`The generated interface on a real server${noServer === null ? '' : ` (skipped: ${noServer})`}`, { timeout: 120_000 }, () => {
  let server: LiveServer;
  let user: LiveUser;
  let api: RestApi;

  beforeAll(async () => {
    server = await LiveServer.start();
    user = await register(server, 'ann');
    api = user.client.api;
  }, 60_000);

  afterAll(async () => {
    await user?.client.close();
    await server?.stop();
  });

  test('The kept document is the server\'s: else run `npm run generate`', async () => {
    const response = await fetch(new URL('/openapi/v1.json', server.url));
    expect(await readFile(join(import.meta.dirname, '..', '..', 'openapi.json'), 'utf8')).toBe(textOf(await response.json()));
  });

  test('Projects, designs, versions and comments', async () => {
    const { projectId, designId } = await newDesign(user);
    expect((await api.projects.getProject(projectId)).role).toBe('owner');
    const { revision } = await api.designs.addNode(designId, { id: 'pay', type: 'ui.button', x: 1, y: 2, label: 'Pay', props: {} });
    const version = await api.versions.createVersion(designId, { name: 'As agreed' });
    expect(version.revision).toBe(revision);
    await api.designs.setNode(designId, 'pay', { label: 'Pay now' });
    const compared = await api.designs.compareDesign(designId, { from: version.id });
    expect(compared.nodes.changed.map((change) => change.id)).toEqual(['pay']);
    const thread = await api.comments.startThread(designId, { anchor: { nodeId: 'pay' }, text: 'Blue?' });
    const { items } = await api.comments.listThreads(designId, { nodeId: 'pay' });
    expect(items.map(({ id }) => id)).toEqual([thread.id]);
    await api.designs.deleteDesign(designId);
  });

  test('Text, files and what is refused', async () => {
    const { projectId, designId } = await newDesign(user);
    expect((await api.components.getComponent('approval')).id).toBe('approval');
    const drawing = await api.designs.exportDesign(designId, { format: 'svg' });
    expect(await drawing.text()).toContain('<svg');
    await api.files.writeFile(projectId, { path: 'notes/plan.md', content: '# Plan' });
    expect(await (await api.files.getFile(projectId, 'notes/plan.md')).text()).toBe('# Plan');
    expect((await api.files.headFile(projectId, 'notes/plan.md')).get('Content-Type')).toContain('text/markdown');
    expect((await api.operations.health()).status).toBeTruthy();
    await expect(api.designs.getDesign('dsg_00000000000000000000000000')).rejects.toMatchObject({ status: 404, code: 'not_found' });
    await expect(api.projects.createProject({ name: '' })).rejects.toBeInstanceOf(ProblemError);
  });
});
