import type { EndFrame } from './design.js';
import type { Participant } from './room.js';

/** What a notification is about. A server may know more kinds; title and text say enough to show them. */
export type NotificationKind =
  | 'mention' | 'comment.reply' | 'invitation' | 'job.finished' | 'run.finished' | 'approval.requested' | 'system';

export interface Notification {
  readonly id: string;
  readonly sequence: number;
  readonly kind: NotificationKind | (string & {});
  readonly title: string;
  readonly text: string;
  readonly at: string;
  readonly projectId?: string;
  /** Ids of what it is about by the names of their fields, such as `designId`. */
  readonly subject?: Readonly<Record<string, string>>;
  /** The path of the resource that it is about. */
  readonly link?: string;
  readonly by?: Participant;
  /** Absent while it is unread. */
  readonly readAt?: string;
}

export interface InboxSummary {
  readonly sequence: number;
  readonly unread: number;
  /** Unread ones that had to go for want of room since everything was read last. */
  readonly dropped: number;
}

export type NotificationFrame =
  | { readonly kind: 'state'; readonly sequence: number; readonly unread: number; readonly dropped: number; readonly notifications: readonly Notification[] }
  | {
      readonly kind: 'changed';
      readonly sequence: number;
      readonly unread: number;
      readonly dropped: number;
      readonly delivered: readonly Notification[];
      readonly read: readonly string[];
      readonly deleted: readonly string[];
    }
  | EndFrame;
