import type { CommentAnchor, CommentThread, ThreadPage } from '../protocol/comments.js';
import { CommentsGroup } from './generated.js';
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
  readonly #api: CommentsGroup;

  constructor(http: Http) {
    this.#api = new CommentsGroup(http);
  }

  list(designId: string, filters: ThreadFilters = {}): Promise<ThreadPage> {
    return this.#api.listThreads(designId, filters) as Promise<ThreadPage>;
  }

  get(designId: string, threadId: string): Promise<CommentThread> {
    return this.#api.getThread(designId, threadId) as Promise<CommentThread>;
  }

  start(designId: string, thread: NewThread): Promise<CommentThread> {
    return this.#api.startThread(designId, thread) as Promise<CommentThread>;
  }

  reply(designId: string, threadId: string, comment: NewComment): Promise<CommentThread> {
    return this.#api.replyToThread(designId, threadId, comment) as Promise<CommentThread>;
  }

  edit(designId: string, threadId: string, commentId: string, comment: NewComment): Promise<CommentThread> {
    return this.#api.editComment(designId, threadId, commentId, comment) as Promise<CommentThread>;
  }

  remove(designId: string, threadId: string, commentId: string): Promise<void> {
    return this.#api.deleteComment(designId, threadId, commentId);
  }

  resolve(designId: string, threadId: string): Promise<CommentThread> {
    return this.#api.resolveThread(designId, threadId) as Promise<CommentThread>;
  }

  reopen(designId: string, threadId: string): Promise<CommentThread> {
    return this.#api.reopenThread(designId, threadId) as Promise<CommentThread>;
  }
}
