import type { Batch, Change, Committed, DesignDocument, DesignPatch } from '../protocol/design.js';
import type {
  AuthSession, DesignSummary, ImportedDesign, Member, NewDesign, NewMember, NewProject, Page, Project, ProjectPatch, ProjectRole, User,
} from '../protocol/rest.js';
import { CommentsApi } from './comments.js';
import { Http, type Fetch } from './http.js';
import { NotificationsApi } from './notifications.js';
import { MemorySessionStore, Tokens, type SessionStore } from './tokens.js';

export interface RestOptions {
  /** Address of the server, without `/api/v1`. */
  readonly baseUrl: string;
  readonly sessionStore?: SessionStore;
  /** Replaces the global `fetch`. */
  readonly fetch?: Fetch;
}

/** A part of a list. */
export interface PageOptions {
  /** 1 to 100; the server's default is 50. */
  readonly limit?: number;
  /** `nextCursor` of the page before. */
  readonly cursor?: string;
}

/** How a file is read into a new design. */
export interface ImportOptions {
  /** Told by the content where it is not given. */
  readonly format?: 'json' | 'excalidraw' | 'reactflow';
  /** The name of the design; by default the one in the file. */
  readonly name?: string;
}

/** The REST interface. Every call rejects with `ProblemError` when the server answers an error. */
export class RestClient {
  /** For calls that have no method here. */
  readonly http: Http;
  readonly tokens: Tokens;
  readonly auth: AuthApi;
  readonly projects: ProjectsApi;
  readonly members: MembersApi;
  readonly designs: DesignsApi;
  readonly comments: CommentsApi;
  readonly notifications: NotificationsApi;

  constructor({ baseUrl, sessionStore = new MemorySessionStore(), fetch = (input, init) => globalThis.fetch(input, init) }: RestOptions) {
    this.http = new Http(baseUrl, fetch);
    this.tokens = new Tokens(sessionStore, (refreshToken) =>
      this.http.json<AuthSession>('POST', '/auth/refresh', { body: { refreshToken }, anonymous: true }));
    this.http.useTokens(this.tokens);
    this.auth = new AuthApi(this.http, this.tokens);
    this.projects = new ProjectsApi(this.http);
    this.members = new MembersApi(this.http);
    this.designs = new DesignsApi(this.http);
    this.comments = new CommentsApi(this.http);
    this.notifications = new NotificationsApi(this.http);
  }
}

export class AuthApi {
  readonly #http: Http;
  readonly #tokens: Tokens;

  constructor(http: Http, tokens: Tokens) {
    this.#http = http;
    this.#tokens = tokens;
  }

  /** Creates an account and signs in. */
  register(account: { readonly email: string; readonly password: string; readonly name: string }): Promise<User> {
    return this.#signIn('/auth/register', account);
  }

  login(credentials: { readonly email: string; readonly password: string }): Promise<User> {
    return this.#signIn('/auth/login', credentials);
  }

  /** Ends the session, here also when the server cannot be told. */
  async logout(): Promise<void> {
    try {
      await this.#http.json('POST', '/auth/logout');
    } finally {
      this.#tokens.set(null);
    }
  }

  me(): Promise<User> {
    return this.#http.json('GET', '/auth/me');
  }

  /** Changes the password; the account's other sessions end. */
  changePassword(current: string, next: string): Promise<void> {
    return this.#http.json('PUT', '/auth/password', { body: { current, new: next } });
  }

  async #signIn(path: string, body: object): Promise<User> {
    const session = await this.#http.json<AuthSession>('POST', path, { body, anonymous: true });
    this.#tokens.set(session);
    return session.user;
  }
}

export class ProjectsApi {
  readonly #http: Http;

  constructor(http: Http) {
    this.#http = http;
  }

  list(page: PageOptions = {}): Promise<Page<Project>> {
    return this.#http.json('GET', '/projects', { query: { ...page } });
  }

  create(project: NewProject): Promise<Project> {
    return this.#http.json('POST', '/projects', { body: project });
  }

  get(projectId: string): Promise<Project> {
    return this.#http.json('GET', `/projects/${segment(projectId)}`);
  }

  update(projectId: string, patch: ProjectPatch): Promise<Project> {
    return this.#http.json('PATCH', `/projects/${segment(projectId)}`, { body: patch });
  }

  remove(projectId: string): Promise<void> {
    return this.#http.json('DELETE', `/projects/${segment(projectId)}`);
  }
}

export class MembersApi {
  readonly #http: Http;

  constructor(http: Http) {
    this.#http = http;
  }

  list(projectId: string, page: PageOptions = {}): Promise<Page<Member>> {
    return this.#http.json('GET', `/projects/${segment(projectId)}/members`, { query: { ...page } });
  }

  add(projectId: string, member: NewMember): Promise<Member> {
    return this.#http.json('POST', `/projects/${segment(projectId)}/members`, { body: member });
  }

  changeRole(projectId: string, accountId: string, role: ProjectRole): Promise<Member> {
    return this.#http.json('PATCH', `/projects/${segment(projectId)}/members/${segment(accountId)}`, { body: { role } });
  }

  remove(projectId: string, accountId: string): Promise<void> {
    return this.#http.json('DELETE', `/projects/${segment(projectId)}/members/${segment(accountId)}`);
  }
}

export class DesignsApi {
  readonly #http: Http;

  constructor(http: Http) {
    this.#http = http;
  }

  list(projectId: string, page: PageOptions = {}): Promise<Page<DesignSummary>> {
    return this.#http.json('GET', `/projects/${segment(projectId)}/designs`, { query: { ...page } });
  }

  create(projectId: string, design: NewDesign): Promise<DesignDocument> {
    return this.#http.json('POST', `/projects/${segment(projectId)}/designs`, { body: design });
  }

  /** The whole design, as it is or as it was at a revision. */
  get(designId: string, options: { readonly revision?: number } = {}): Promise<DesignDocument> {
    return this.#http.json('GET', path(designId), { query: { ...options } });
  }

  update(designId: string, patch: DesignPatch): Promise<DesignDocument> {
    return this.#http.json('PATCH', path(designId), { body: patch });
  }

  remove(designId: string): Promise<void> {
    return this.#http.json('DELETE', path(designId));
  }

  /** Commits a batch without a live connection; a refusal is a `ProblemError`. The batch id makes it safe to repeat. */
  submit(designId: string, batch: Batch): Promise<Committed> {
    return this.#http.json('POST', path(designId, 'operations'), { body: batch, idempotencyKey: batch.batchId });
  }

  /** Changes after a revision, oldest first. */
  changes(designId: string, after: number, page: PageOptions = {}): Promise<Page<Change>> {
    return this.#http.json('GET', path(designId, 'changes'), { query: { after, ...page } });
  }

  /** The design as a file: `json` can be imported again without loss. */
  async export(designId: string, format: 'json' | 'svg' | 'reactflow'): Promise<Blob> {
    const response = await this.#http.send('GET', path(designId, 'export'), { query: { format }, accept: '*/*' });
    return response.blob();
  }

  /** Makes a new design of a file of another tool or of an export, up to 16 MiB of JSON. */
  import(projectId: string, file: BodyInit, options: ImportOptions = {}): Promise<ImportedDesign> {
    return this.#http.json('POST', `/projects/${segment(projectId)}/designs/import`, {
      query: { ...options }, content: { data: file, type: 'application/json' },
    });
  }

  duplicate(designId: string): Promise<DesignDocument> {
    return this.#http.json('POST', path(designId, 'duplicate'));
  }
}

function path(designId: string, part?: string): string {
  return `/designs/${segment(designId)}${part === undefined ? '' : `/${part}`}`;
}

function segment(text: string): string {
  return encodeURIComponent(text);
}
