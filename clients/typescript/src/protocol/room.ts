import type { CommentsFrame } from './comments.js';
import type { EndFrame, Refusal } from './design.js';
import type { Notification } from './notifications.js';

export interface Participant {
  readonly id: string;
  readonly name: string;
  readonly kind: 'user' | 'agent';
}

export interface CursorPosition {
  readonly designId: string;
  readonly x: number;
  readonly y: number;
  /** Ids of the selected nodes. */
  readonly selection: readonly string[];
}

export interface Cursor extends CursorPosition {
  readonly participantId: string;
}

export interface ChatMessage {
  readonly sequence: number;
  readonly at: string;
  readonly author: Participant;
  readonly text: string;
}

export type RoomFrame =
  | {
      readonly kind: 'state';
      readonly sequence: number;
      readonly participants: readonly Participant[];
      readonly cursors: readonly Cursor[];
      /** Those after the position that was named, or the newest fifty. */
      readonly messages: readonly ChatMessage[];
    }
  | { readonly kind: 'presence'; readonly joined: readonly Participant[]; readonly left: readonly string[] }
  | { readonly kind: 'cursors'; readonly cursors: readonly Cursor[] }
  | { readonly kind: 'messages'; readonly messages: readonly ChatMessage[] }
  /** The watcher's own notifications, as they come. */
  | { readonly kind: 'notifications'; readonly notifications: readonly Notification[] }
  | CommentsFrame
  | EndFrame;

export type SayResult =
  | { readonly status: 'said'; readonly message: ChatMessage }
  | { readonly status: 'refused'; readonly error: Refusal };
