import type { Batch, Change, Committed, DesignDocument, DesignPatch } from '../protocol/design.js';
import type {
  AuthSession, DesignSummary, ImportedDesign, Member, NewDesign, NewMember, NewProject, Page, Project, ProjectPatch, ProjectRole, User,
} from '../protocol/rest.js';
import { CommentsApi } from './comments.js';
import { AccountsGroup, DesignsGroup, MembersGroup, ProjectsGroup, RestApi } from './generated.js';
import { Http, type Fetch } from './http.js';
import { NotificationsApi } from './notifications.js';
import { RunsApi } from './runs.js';
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
  /** For what no method does, such as following events. */
  readonly http: Http;
  readonly tokens: Tokens;
  /** Every operation there is, generated from the OpenAPI document. */
  readonly api: RestApi;
  readonly auth: AuthApi;
  readonly projects: ProjectsApi;
  readonly members: MembersApi;
  readonly designs: DesignsApi;
  readonly comments: CommentsApi;
  readonly notifications: NotificationsApi;
  readonly runs: RunsApi;

  constructor({ baseUrl, sessionStore = new MemorySessionStore(), fetch = (input, init) => globalThis.fetch(input, init) }: RestOptions) {
    this.http = new Http(baseUrl, fetch);
    this.tokens = new Tokens(sessionStore, (refreshToken) =>
      this.http.json<AuthSession>('POST', '/auth/refresh', { body: { refreshToken }, anonymous: true }));
    this.http.useTokens(this.tokens);
    this.api = new RestApi(this.http);
    this.auth = new AuthApi(this.http, this.tokens);
    this.projects = new ProjectsApi(this.http);
    this.members = new MembersApi(this.http);
    this.designs = new DesignsApi(this.http);
    this.comments = new CommentsApi(this.http);
    this.notifications = new NotificationsApi(this.http);
    this.runs = new RunsApi(this.http);
  }
}

export class AuthApi {
  readonly #api: AccountsGroup;
  readonly #tokens: Tokens;

  constructor(http: Http, tokens: Tokens) {
    this.#api = new AccountsGroup(http);
    this.#tokens = tokens;
  }

  /** Creates an account and signs in. */
  register(account: { readonly email: string; readonly password: string; readonly name: string }): Promise<User> {
    return this.#signIn(this.#api.register(account));
  }

  login(credentials: { readonly email: string; readonly password: string }): Promise<User> {
    return this.#signIn(this.#api.logIn(credentials));
  }

  /** Ends the session, here also when the server cannot be told. */
  async logout(): Promise<void> {
    try {
      await this.#api.logOut();
    } finally {
      this.#tokens.set(null);
    }
  }

  me(): Promise<User> {
    return this.#api.getMe();
  }

  /** Changes the password; the account's other sessions end. */
  changePassword(current: string, next: string): Promise<void> {
    return this.#api.changePassword({ current, new: next });
  }

  async #signIn(answer: Promise<AuthSession>): Promise<User> {
    const session = await answer;
    this.#tokens.set(session);
    return session.user;
  }
}

export class ProjectsApi {
  readonly #api: ProjectsGroup;

  constructor(http: Http) {
    this.#api = new ProjectsGroup(http);
  }

  list(page: PageOptions = {}): Promise<Page<Project>> {
    return this.#api.listProjects(page) as Promise<Page<Project>>;
  }

  create(project: NewProject): Promise<Project> {
    return this.#api.createProject(project) as Promise<Project>;
  }

  get(projectId: string): Promise<Project> {
    return this.#api.getProject(projectId) as Promise<Project>;
  }

  update(projectId: string, patch: ProjectPatch): Promise<Project> {
    return this.#api.changeProject(projectId, patch) as Promise<Project>;
  }

  remove(projectId: string): Promise<void> {
    return this.#api.deleteProject(projectId);
  }
}

export class MembersApi {
  readonly #api: MembersGroup;

  constructor(http: Http) {
    this.#api = new MembersGroup(http);
  }

  list(projectId: string, page: PageOptions = {}): Promise<Page<Member>> {
    return this.#api.listMembers(projectId, page) as Promise<Page<Member>>;
  }

  add(projectId: string, member: NewMember): Promise<Member> {
    return this.#api.addMember(projectId, member) as Promise<Member>;
  }

  changeRole(projectId: string, accountId: string, role: ProjectRole): Promise<Member> {
    return this.#api.changeMember(projectId, accountId, { role }) as Promise<Member>;
  }

  remove(projectId: string, accountId: string): Promise<void> {
    return this.#api.removeMember(projectId, accountId);
  }
}

export class DesignsApi {
  readonly #http: Http;
  readonly #api: DesignsGroup;

  constructor(http: Http) {
    this.#http = http;
    this.#api = new DesignsGroup(http);
  }

  list(projectId: string, page: PageOptions = {}): Promise<Page<DesignSummary>> {
    return this.#api.listDesigns(projectId, page) as Promise<Page<DesignSummary>>;
  }

  create(projectId: string, design: NewDesign): Promise<DesignDocument> {
    return this.#api.createDesign(projectId, design) as Promise<DesignDocument>;
  }

  /** The whole design, as it is or as it was at a revision. */
  get(designId: string, options: { readonly revision?: number } = {}): Promise<DesignDocument> {
    return this.#api.getDesign(designId, options) as Promise<DesignDocument>;
  }

  update(designId: string, patch: DesignPatch): Promise<DesignDocument> {
    return this.#api.changeDesign(designId, patch) as Promise<DesignDocument>;
  }

  remove(designId: string): Promise<void> {
    return this.#api.deleteDesign(designId);
  }

  /** Commits a batch without a live connection; a refusal is a `ProblemError`. The batch id makes it safe to repeat. */
  submit(designId: string, batch: Batch): Promise<Committed> {
    return this.#api.submitBatch(designId, batch, { idempotencyKey: batch.batchId }) as Promise<Committed>;
  }

  /** Changes after a revision, oldest first. */
  changes(designId: string, after: number, page: PageOptions = {}): Promise<Page<Change>> {
    return this.#api.listChanges(designId, { after, ...page }) as Promise<Page<Change>>;
  }

  /** The design as a file: `json` can be imported again without loss. */
  export(designId: string, format: 'json' | 'svg' | 'reactflow'): Promise<Blob> {
    return this.#api.exportDesign(designId, { format });
  }

  /** Makes a new design of a file of another tool or of an export, up to 16 MiB of JSON. */
  import(projectId: string, file: BodyInit, options: ImportOptions = {}): Promise<ImportedDesign> {
    return this.#http.json('POST', `/projects/${encodeURIComponent(projectId)}/designs/import`, {
      query: { ...options }, content: { data: file, type: 'application/json' },
    });
  }

  duplicate(designId: string): Promise<DesignDocument> {
    return this.#api.duplicateDesign(designId, {}) as Promise<DesignDocument>;
  }
}
