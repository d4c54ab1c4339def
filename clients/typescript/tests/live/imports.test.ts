import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generator } from '../model/simulation.js';
import { inventEdit } from './edits.js';
import { expectEqual, expectOnce } from './expectations.js';
import { foreignFiles } from './files.js';
import { LiveServer, noServer, register, type LiveUser } from './server.js';

describe.skipIf(noServer !== null)(`Imported designs on a real server${noServer === null ? '' : ` (skipped: ${noServer})`}`, { timeout: 60_000 }, () => {
  let server: LiveServer;
  let user: LiveUser;
  let projectId: string;

  beforeAll(async () => {
    server = await LiveServer.start();
    user = await register(server, 'ann');
    projectId = (await user.client.projects.create({ name: 'Imports' })).id;
  }, 60_000);

  afterAll(async () => {
    await user?.client.close();
    await server?.stop();
  });

  test.each(foreignFiles())('Of $name are edited by two at once; they and a late third hold what the server holds', async ({ content, name }) => {
    const { design } = await user.client.designs.import(projectId, content, { name });
    expect(design).toMatchObject({ projectId, name });
    expect(design.nodes.length).toBeGreaterThanOrEqual(3);
    const clients = [user.another(), user.another()];
    const sessions = await Promise.all(clients.map((client) => client.openDesign(design.id)));
    await Promise.all(sessions.map((session) => session.whenLoaded()));
    const random = generator(design.nodes.length);
    const batches = new Set<string>();
    const edit = (times: number): void => {
      for (let i = 0; i < times; i++) for (const session of sessions) batches.add(session.edit(inventEdit(session, random, i)).batchId);
    };
    edit(100);
    const late = user.another();
    clients.push(late);
    sessions.push(await late.openDesign(design.id));
    await Promise.all(sessions.map((session) => session.whenLoaded()));
    edit(30);
    await expectEqual(user, design.id, sessions);
    await expectOnce(user, design.id, batches);
    await Promise.all(sessions.map((session) => session.close()));
    await Promise.all(clients.map((client) => client.close()));
  });

  test.each(foreignFiles())('Of $name come back whole from an export', async ({ content }) => {
    const { design } = await user.client.designs.import(projectId, content);
    const exported = await (await user.client.designs.export(design.id, 'json')).text();
    const again = await user.client.designs.import(projectId, exported);
    expect(again.warnings).toEqual([]);
    expect(again.design).toMatchObject({ name: design.name, kind: design.kind, nodes: design.nodes, connections: design.connections });
    expect(await (await user.client.designs.export(design.id, 'svg')).text()).toMatch(/^(<\?xml.*?>\s*)?<svg\b/);
    const flow = JSON.parse(await (await user.client.designs.export(design.id, 'reactflow')).text()) as { nodes: unknown[]; edges: unknown[] };
    expect(flow.nodes).toHaveLength(design.nodes.length);
    expect(flow.edges).toHaveLength(design.connections.length);
  });

  test('Are refused with a reason when the file is of no known tool', async () => {
    await expect(user.client.designs.import(projectId, '{"what":"is this"}')).rejects.toMatchObject({ code: 'format_unknown', retryable: false });
  });
});
