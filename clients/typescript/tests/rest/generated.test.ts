import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
// @ts-expect-error A script, which has no types.
import { render } from '../../scripts/render.mjs';
import { MemorySessionStore, RestClient, type Fetch } from '../../src/index.js';

const folder = join(import.meta.dirname, '..', '..');

function api(fetch: Fetch) {
  const user = { id: 'usr_1', email: 'a@b.c', name: 'Ann', roles: ['member'] };
  const sessionStore = new MemorySessionStore({ user, accessToken: 'access', refreshToken: 'refresh', expiresAt: new Date(Date.now() + 3_600_000).toISOString() });
  return new RestClient({ baseUrl: 'http://host', sessionStore, fetch }).api;
}

/** A fetch that answers everything so, and what it was asked. */
function answering(body: string, type = 'application/json') {
  return vi.fn<Fetch>().mockImplementation(() => Promise.resolve(new Response(body, { headers: { 'Content-Type': type } })));
}

test('The generated interface is that of the kept document: else run `npm run generate`', async () => {
  const document: unknown = JSON.parse(await readFile(join(folder, 'openapi.json'), 'utf8'));
  expect(await readFile(join(folder, 'src', 'rest', 'generated.ts'), 'utf8')).toBe(render(document));
});

describe('Generated calls', () => {
  test('Put path, query, body and headers where they belong', async () => {
    const fetch = answering('{}');
    await api(fetch).projects.changeProject('a/b', { name: 'P' }, { ifMatch: '"7"' });
    await api(fetch).members.listMembers('prj_1', { limit: 5, search: 'A & B' });
    const [[changed, change], [listed]] = fetch.mock.calls as [Parameters<Fetch>, Parameters<Fetch>];
    expect(changed).toBe('http://host/api/v1/projects/a%2Fb');
    expect(change).toMatchObject({ method: 'PATCH', body: '{"name":"P"}', headers: { 'If-Match': '"7"', Authorization: 'Bearer access', 'Content-Type': 'application/json' } });
    expect(listed).toBe('http://host/api/v1/projects/prj_1/members?limit=5&search=A+%26+B');
  });

  test('Keep the folders of a path', async () => {
    const fetch = answering('# Plan', 'text/markdown');
    const file = await api(fetch).files.getFile('prj_1', 'notes/the plan.md');
    expect(await file.text()).toBe('# Plan');
    expect(fetch.mock.calls[0]?.[0]).toBe('http://host/api/v1/projects/prj_1/files/notes/the%20plan.md');
  });

  test('Reach what lies outside the interface, without a token where none is needed', async () => {
    const fetch = answering('{"status":"live"}');
    expect(await api(fetch).operations.healthLive()).toEqual({ status: 'live' });
    expect(fetch.mock.calls[0]?.[0]).toBe('http://host/health/live');
    expect(fetch.mock.calls[0]?.[1]?.headers).not.toHaveProperty('Authorization');
  });
});
