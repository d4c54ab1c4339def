import { describe, expect, test, vi } from 'vitest';
import { MemorySessionStore, ProblemError, RestClient, type AuthSession, type Fetch } from '../../src/index.js';

function session(name: string, expiresIn = 3_600_000): AuthSession {
  return {
    user: { id: 'usr_1', email: 'a@b.c', name: 'Ann', roles: ['member'] },
    accessToken: `access-${name}`,
    refreshToken: `refresh-${name}`,
    expiresAt: new Date(Date.now() + expiresIn).toISOString(),
  };
}

function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } });
}

function problem(status: number, code: string, headers: Record<string, string> = {}): Response {
  return json({ title: 'No', status, code, detail: 'Because.', retryable: false }, status, { 'Content-Type': 'application/problem+json', ...headers });
}

function client(fetch: Fetch, start: AuthSession | null = session('1')) {
  const store = new MemorySessionStore(start);
  return { rest: new RestClient({ baseUrl: 'http://host/', sessionStore: store, fetch }), store };
}

const tokenOf = (init?: RequestInit): string | undefined => (init?.headers as Record<string, string>)['Authorization'];

describe('Requests', () => {
  test('Carry the token, JSON and what makes a POST safe to repeat', async () => {
    const fetch = vi.fn<Fetch>().mockImplementation(() => Promise.resolve(json({ id: 'prj_1' }, 201)));
    await client(fetch).rest.projects.create({ name: 'P' });
    const [url, init] = fetch.mock.calls[0] as Parameters<Fetch>;
    expect(url).toBe('http://host/api/v1/projects');
    expect(init).toMatchObject({ method: 'POST', body: '{"name":"P"}' });
    expect(init?.headers).toMatchObject({ Authorization: 'Bearer access-1', 'Content-Type': 'application/json', 'Idempotency-Key': expect.stringMatching(/^[0-9a-f-]{36}$/) });
  });

  test('Encode what goes into the path and leave out queries that are not given', async () => {
    const fetch = vi.fn<Fetch>().mockImplementation(() => Promise.resolve(json({ items: [], nextCursor: null })));
    const { rest } = client(fetch);
    await rest.designs.get('a/b');
    await rest.designs.list('prj_1', { limit: 5 });
    await rest.designs.changes('dsg_1', 7);
    expect(fetch.mock.calls.map(([url]) => url.replace('http://host/api/v1', ''))).toEqual([
      '/designs/a%2Fb', '/projects/prj_1/designs?limit=5', '/designs/dsg_1/changes?after=7',
    ]);
  });

  test('Send a file to import as it is', async () => {
    const fetch = vi.fn<Fetch>().mockImplementation(() => Promise.resolve(json({ design: { id: 'dsg_1' }, warnings: [] }, 201)));
    const { design } = await client(fetch).rest.designs.import('prj_1', '{"nodes":[],"edges":[]}', { name: 'A & B' });
    expect(design.id).toBe('dsg_1');
    const [url, init] = fetch.mock.calls[0] as Parameters<Fetch>;
    expect(url).toBe('http://host/api/v1/projects/prj_1/designs/import?name=A+%26+B');
    expect(init).toMatchObject({ method: 'POST', body: '{"nodes":[],"edges":[]}' });
    expect(init?.headers).toMatchObject({ 'Content-Type': 'application/json' });
  });

  test('Repeat a batch under its own id', async () => {
    const fetch = vi.fn<Fetch>().mockImplementation(() => Promise.resolve(json({ status: 'committed', revision: 1, ignored: [] })));
    await client(fetch).rest.designs.submit('dsg_1', { batchId: 'b-1', baseRevision: 0, operations: [] });
    expect(fetch.mock.calls[0]?.[1]?.headers).toMatchObject({ 'Idempotency-Key': 'b-1' });
  });

  test('Without content answer nothing', async () => {
    const { rest } = client(() => Promise.resolve(new Response(null, { status: 204 })));
    expect(await rest.projects.remove('prj_1')).toBeUndefined();
  });
});

describe('Problems', () => {
  test('Are thrown with their code and when to try again', async () => {
    const { rest } = client(() => Promise.resolve(problem(429, 'rate_limited', { 'Retry-After': '3' })));
    const error = await rest.projects.list().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProblemError);
    expect(error).toMatchObject({ status: 429, code: 'rate_limited', retryable: false, retryAfter: 3000, message: 'Because.' });
  });

  test.each([
    ['text/html', '<html>'], ['application/json', '{"cut'],
  ])('Are made of the status where the body is %s %s', async (type, body) => {
    const { rest } = client(() => Promise.resolve(new Response(body, { status: 502, headers: { 'Content-Type': type } })));
    await expect(rest.projects.list()).rejects.toMatchObject({ status: 502, code: 'http_error', retryable: true });
  });
});

describe('The session', () => {
  test('Begins with registering or signing in, without a token, and ends with signing out', async () => {
    const fetch = vi.fn<Fetch>().mockImplementation((url) => Promise.resolve(url.endsWith('logout') ? new Response(null, { status: 204 }) : json(session('2'), 201)));
    const { rest, store } = client(fetch, null);
    const heard = vi.fn();
    rest.tokens.subscribe(heard);
    expect(await rest.auth.register({ email: 'a@b.c', password: 'x', name: 'Ann' })).toMatchObject({ id: 'usr_1' });
    expect(tokenOf(fetch.mock.calls[0]?.[1])).toBeUndefined();
    expect(store.load()?.accessToken).toBe('access-2');
    await rest.auth.logout();
    expect(store.load()).toBeNull();
    expect(heard).toHaveBeenCalledTimes(2);
  });

  test('Is renewed once for any number of requests that find the token about to expire', async () => {
    const refreshes: unknown[] = [];
    const fetch = vi.fn<Fetch>().mockImplementation((url, init) => {
      if (!url.endsWith('/auth/refresh')) return Promise.resolve(json({ token: tokenOf(init) }));
      refreshes.push(init?.body);
      return Promise.resolve(json(session('2')));
    });
    const { rest } = client(fetch, session('1', 10_000));
    const answers = await Promise.all([1, 2, 3].map(() => rest.http.json<{ token: string }>('GET', '/x')));
    expect(answers.map(({ token }) => token)).toEqual(Array(3).fill('Bearer access-2'));
    expect(refreshes).toEqual(['{"refreshToken":"refresh-1"}']);
  });

  test('Is renewed when the server refuses the token, and the request is sent once more', async () => {
    const fetch = vi.fn<Fetch>().mockImplementation((url, init) => Promise.resolve(
      url.endsWith('/auth/refresh') ? json(session('2'))
      : tokenOf(init) === 'Bearer access-2' ? json({ ok: true })
      : problem(401, 'token_expired')));
    expect(await client(fetch).rest.http.json('GET', '/x')).toEqual({ ok: true });
    expect(fetch).toHaveBeenCalledTimes(3);
  });

  test('Is over when the refresh token is refused; the first problem is the one reported', async () => {
    const fetch = vi.fn<Fetch>().mockImplementation((url) => Promise.resolve(problem(401, url.endsWith('/auth/refresh') ? 'refresh_token_invalid' : 'token_expired')));
    const { rest, store } = client(fetch);
    await expect(rest.projects.list()).rejects.toMatchObject({ code: 'token_expired' });
    expect(store.load()).toBeNull();
  });

  test('Survives a server that is not there while it should be renewed', async () => {
    const { rest, store } = client(() => Promise.reject(new TypeError('fetch failed')), session('1', 0));
    await expect(rest.projects.list()).rejects.toThrow('fetch failed');
    expect(store.load()?.refreshToken).toBe('refresh-1');
  });

  test('That another tab has renewed is taken over instead of spending the token twice', async () => {
    const fetch = vi.fn<Fetch>().mockImplementation((_, init) => Promise.resolve(tokenOf(init) === 'Bearer access-2' ? json({ ok: true }) : problem(401, 'token_expired')));
    const { rest, store } = client(fetch);
    fetch.mockImplementationOnce(() => {
      store.save(session('2'));
      return Promise.resolve(problem(401, 'token_expired'));
    });
    expect(await rest.http.json('GET', '/x')).toEqual({ ok: true });
    expect(fetch).toHaveBeenCalledTimes(2);
  });
});
