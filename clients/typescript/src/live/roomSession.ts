import { Emitter } from '../emitter.js';
import type { CommentsFrame } from '../protocol/comments.js';
import type { EndFrame } from '../protocol/design.js';
import type { Notification } from '../protocol/notifications.js';
import type { ChatMessage, Cursor, CursorPosition, Participant, RoomFrame, SayResult } from '../protocol/room.js';
import { defaultBackoff, systemClock, type BackoffOptions, type Clock } from './clock.js';
import type { HubConnection } from './hub.js';
import type { Link } from './link.js';
import { Watch } from './watch.js';

/** At most 30 cursor positions a second are sent. */
const CURSOR_INTERVAL = 1000 / 30;

/** A room as one immutable value. */
export interface RoomState {
  readonly live: boolean;
  /** Why the room ended for this user, or null. */
  readonly ended: string | null;
  readonly participants: ReadonlyMap<string, Participant>;
  /** The newest cursor of each participant. */
  readonly cursors: ReadonlyMap<string, Cursor>;
  /** The newest messages, oldest first. */
  readonly messages: readonly ChatMessage[];
  /** The user's own notifications that came while the room was open, oldest first. */
  readonly notifications: readonly Notification[];
}

export interface RoomSessionOptions {
  readonly projectId: string;
  readonly link: Link;
  readonly clock?: Clock;
  readonly backoff?: BackoffOptions;
  /** How many messages, and how many notifications, are kept. */
  readonly history?: number;
}

/** Who is in a project's room, where they point, and what they say. Being in the room is watching it. */
export class RoomSession {
  readonly projectId: string;
  readonly #clock: Clock;
  readonly #history: number;
  readonly #watch: Watch<RoomFrame>;
  readonly #changed = new Emitter();
  readonly #comments = new Emitter<[CommentsFrame]>();
  #state: RoomState = { live: false, ended: null, participants: new Map(), cursors: new Map(), messages: [], notifications: [] };
  #sequence: number | null = null;
  #connection: HubConnection | null = null;
  #cursor: CursorPosition | null = null;
  #cancelCursor: (() => void) | null = null;

  constructor({ projectId, link, clock = systemClock, backoff = defaultBackoff, history = 500 }: RoomSessionOptions) {
    this.projectId = projectId;
    this.#clock = clock;
    this.#history = history;
    this.#watch = new Watch<RoomFrame>({
      link, clock, backoff, method: 'WatchRoom',
      args: () => [projectId, this.#sequence],
      frame: (frame, connection) => {
        this.#connection = connection;
        this.#receive(frame as Exclude<RoomFrame, EndFrame>);
        // The newest position moved to while there was no connection.
        if (this.#cancelCursor === null) this.#sendCursor();
        return true;
      },
      interrupted: () => this.#stop(null),
      ended: (code) => this.#stop(code),
    });
  }

  readonly getSnapshot = (): RoomState => this.#state;

  /** Calls `listener` after each change of the snapshot. Fits `useSyncExternalStore`. */
  readonly subscribe = (listener: () => void): (() => void) => this.#changed.subscribe(listener);

  /**
   * Calls `listener` with each change of comments in the project's designs; with `missed` when there may have been others,
   * as after every connection. A `CommentsSession` makes threads of it.
   */
  readonly onComments = (listener: (frame: CommentsFrame) => void): (() => void) => this.#comments.subscribe(listener);

  /** Shows the user's cursor to the others; call it as often as the pointer moves. The newest position always gets there. */
  moveCursor(cursor: CursorPosition): void {
    this.#cursor = cursor;
    if (this.#cancelCursor === null) this.#sendCursor();
  }

  /** Says something to the room. Without a connection it is refused as `offline`. */
  async say(text: string): Promise<SayResult> {
    if (this.#connection === null) {
      return { status: 'refused', error: { code: 'offline', detail: 'There is no connection to the server.', retryable: true } };
    }
    try {
      return await this.#connection.invoke<SayResult>('Say', this.projectId, text);
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      return { status: 'refused', error: { code: 'connection_lost', detail, retryable: true } };
    }
  }

  /** Leaves the room. */
  close(): void {
    this.#watch.close();
    this.#cancelCursor?.();
    this.#cancelCursor = null;
    this.#stop(this.#state.ended);
  }

  #receive(frame: Exclude<RoomFrame, EndFrame>): void {
    const state = this.#state;
    switch (frame.kind) {
      case 'state':
        this.#set({
          live: true,
          participants: new Map(frame.participants.map((participant) => [participant.id, participant])),
          cursors: new Map(frame.cursors.map((cursor) => [cursor.participantId, cursor])),
          messages: this.#extend(frame.messages),
        });
        this.#sequence = Math.max(this.#sequence ?? 0, frame.sequence);
        this.#comments.emit({ kind: 'comments', missed: true });
        break;
      case 'presence': {
        const participants = new Map(state.participants);
        const cursors = new Map(state.cursors);
        for (const id of frame.left) {
          participants.delete(id);
          cursors.delete(id);
        }
        for (const participant of frame.joined) participants.set(participant.id, participant);
        this.#set({ participants, cursors });
        break;
      }
      case 'cursors': {
        const cursors = new Map(state.cursors);
        for (const cursor of frame.cursors) cursors.set(cursor.participantId, cursor);
        this.#set({ cursors });
        break;
      }
      case 'messages':
        this.#set({ messages: this.#extend(frame.messages) });
        break;
      case 'notifications': {
        const known = new Set(state.notifications.map(({ id }) => id));
        const fresh = frame.notifications.filter(({ id }) => !known.has(id));
        if (fresh.length > 0) this.#set({ notifications: [...state.notifications, ...fresh].slice(-this.#history) });
        break;
      }
      case 'comments':
        this.#comments.emit(frame);
        break;
      default:
        // A newer server may tell of more than this version knows.
        frame satisfies never;
    }
  }

  /** The messages with new ones added; one that is there already is not added again. */
  #extend(messages: readonly ChatMessage[]): readonly ChatMessage[] {
    const fresh = messages.filter((message) => this.#sequence === null || message.sequence > this.#sequence);
    const newest = fresh.at(-1);
    if (newest === undefined) return this.#state.messages;
    this.#sequence = newest.sequence;
    return [...this.#state.messages, ...fresh].slice(-this.#history);
  }

  #sendCursor(): void {
    const cursor = this.#cursor;
    if (cursor === null || this.#connection === null) {
      this.#cancelCursor = null;
      return;
    }
    this.#cursor = null;
    // A cursor that is lost with its connection is replaced by the next one.
    this.#connection.send('MoveCursor', this.projectId, cursor).catch(() => undefined);
    this.#cancelCursor = this.#clock.after(CURSOR_INTERVAL, () => this.#sendCursor());
  }

  #stop(ended: string | null): void {
    this.#connection = null;
    this.#set({ live: false, ended });
  }

  #set(change: Partial<RoomState>): void {
    this.#state = { ...this.#state, ...change };
    this.#changed.emit();
  }
}
