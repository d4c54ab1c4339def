import type { CommentAnchor, CommentThread, ThreadPage } from '../protocol/comments.js';
import type { Http } from './http.js';

export interface ThreadFilters {
  readonly limit?: number;
  readonly cursor?: string;
  readonly sort?: 'createdAt' | '-createdAt' | 'updatedAt' | '-updatedAt';
  readonly search?: string;
  readonly resolved?: boolean;
  readonly nodeId?: string;
  /** An account that wrote in the thread. */
  readonly author?: string;
  /** An account that is mentioned in it. */
  readonly mention?: string;
  /** Only what changed after this version. */
  readonly since?: number;
}

export interface NewComment {
  /** `@[name](usr_…)` mentions a member. */
  readonly text: string;
  readonly mentions?: readonly string[];
}

export interface NewThread extends NewComment {
  readonly anchor?: CommentAnchor;
}

/** Comments of a design. Commenters write; an author changes their own. */
export class CommentsApi {
  readonly #http: Http;

  constructor(http: Http) {
    this.#http = http;
  }

  list(designId: string, filters: ThreadFilters = {}): Promise<ThreadPage> {
    const { resolved, ...others } = filters;
    return this.#http.json('GET', path(designId), { query: { ...others, ...(resolved !== undefined && { resolved: String(resolved) }) } });
  }

  get(designId: string, threadId: string): Promise<CommentThread> {
    return this.#http.json('GET', path(designId, threadId));
  }

  start(designId: string, thread: NewThread): Promise<CommentThread> {
    return this.#http.json('POST', path(designId), { body: thread });
  }

  reply(designId: string, threadId: string, comment: NewComment): Promise<CommentThread> {
    return this.#http.json('POST', path(designId, threadId, 'replies'), { body: comment });
  }

  edit(designId: string, threadId: string, commentId: string, comment: NewComment): Promise<CommentThread> {
    return this.#http.json('PATCH', path(designId, threadId, 'replies', commentId), { body: comment });
  }

  remove(designId: string, threadId: string, commentId: string): Promise<void> {
    return this.#http.json('DELETE', path(designId, threadId, 'replies', commentId));
  }

  resolve(designId: string, threadId: string): Promise<CommentThread> {
    return this.#http.json('POST', path(designId, threadId, 'resolve'));
  }

  reopen(designId: string, threadId: string): Promise<CommentThread> {
    return this.#http.json('POST', path(designId, threadId, 'reopen'));
  }
}

function path(designId: string, ...parts: readonly string[]): string {
  return ['/designs', designId, 'comments', ...parts].map((part, i) => (i === 0 ? part : encodeURIComponent(part))).join('/');
}
