import type { Participant } from './room.js';

/** What a thread is about: a node, a point, or (empty) the design. */
export interface CommentAnchor {
  readonly nodeId?: string;
  readonly x?: number;
  readonly y?: number;
}

export interface Comment {
  readonly id: string;
  readonly author: Participant;
  /** Empty when it was deleted. */
  readonly text: string;
  readonly mentions: readonly string[];
  readonly at: string;
  readonly editedAt?: string;
  readonly deleted: boolean;
}

export interface CommentThread {
  readonly id: string;
  /** The version of the design's comments that changed it last. */
  readonly version: number;
  readonly anchor: CommentAnchor;
  /** Its node was removed; the anchor says where it was. */
  readonly orphaned: boolean;
  readonly comments: readonly Comment[];
  /** Absent while the thread is open. */
  readonly resolved?: { readonly by: Participant; readonly at: string };
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface ThreadPage {
  readonly items: readonly CommentThread[];
  readonly nextCursor: string | null;
  /** The version of the design's comments. */
  readonly version: number;
  /** Threads that are no more since the version that was named. */
  readonly removed: readonly string[];
}

/** What a room tells of comments. */
export type CommentsFrame =
  | {
      readonly kind: 'comments';
      readonly designId: string;
      readonly version: number;
      readonly threads: readonly CommentThread[];
      readonly removed: readonly string[];
      readonly missed?: false;
    }
  /** Something may have changed unseen: list what changed since the version that is known. */
  | { readonly kind: 'comments'; readonly missed: true };
