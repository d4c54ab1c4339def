import { Emitter } from '../emitter.js';
import type { EndFrame } from '../protocol/design.js';
import type { Notification, NotificationFrame } from '../protocol/notifications.js';
import { defaultBackoff, systemClock, type BackoffOptions, type Clock } from './clock.js';
import type { Link } from './link.js';
import { Watch } from './watch.js';

/** An inbox as one immutable value. */
export interface InboxState {
  readonly live: boolean;
  /** Why it ended for this user, or null. */
  readonly ended: string | null;
  readonly unread: number;
  /** Unread ones that had to go for want of room since everything was read last. */
  readonly dropped: number;
  /** Newest first. */
  readonly notifications: readonly Notification[];
}

export interface InboxSessionOptions {
  readonly link: Link;
  readonly clock?: Clock;
  readonly backoff?: BackoffOptions;
}

/** The signed-in user's notifications, followed: what was missed while away comes first. */
export class InboxSession {
  readonly #watch: Watch<NotificationFrame>;
  readonly #changed = new Emitter();
  readonly #arrived = new Emitter<[Notification]>();
  #state: InboxState = { live: false, ended: null, unread: 0, dropped: 0, notifications: [] };
  #sequence: number | null = null;

  constructor({ link, clock = systemClock, backoff = defaultBackoff }: InboxSessionOptions) {
    this.#watch = new Watch<NotificationFrame>({
      link, clock, backoff, method: 'WatchNotifications',
      args: () => [this.#sequence],
      frame: (frame) => {
        this.#receive(frame as Exclude<NotificationFrame, EndFrame>);
        return true;
      },
      interrupted: () => this.#set({ live: false }),
      ended: (code) => this.#set({ live: false, ended: code }),
    });
  }

  readonly getSnapshot = (): InboxState => this.#state;

  /** Calls `listener` after each change of the snapshot. Fits `useSyncExternalStore`. */
  readonly subscribe = (listener: () => void): (() => void) => this.#changed.subscribe(listener);

  /** Calls `listener` with each notification that comes, once; not with those that were there at the beginning. */
  readonly onArrival = (listener: (notification: Notification) => void): (() => void) => this.#arrived.subscribe(listener);

  close(): void {
    this.#watch.close();
    this.#set({ live: false });
  }

  #receive(frame: Exclude<NotificationFrame, EndFrame>): void {
    const known = new Set(this.#state.notifications.map(({ id }) => id));
    const resumed = this.#sequence ?? Infinity;
    let arrived: readonly Notification[];
    switch (frame.kind) {
      case 'state':
        arrived = frame.notifications.filter(({ id, sequence }) => sequence > resumed && !known.has(id));
        this.#set({ live: true, unread: frame.unread, dropped: frame.dropped, notifications: [...frame.notifications].reverse() });
        break;
      case 'changed': {
        arrived = frame.delivered.filter(({ id }) => !known.has(id));
        const gone = new Set(frame.deleted);
        const read = new Set(frame.read);
        const readAt = new Date().toISOString();
        this.#set({
          live: true,
          unread: frame.unread,
          dropped: frame.dropped,
          notifications: [...[...arrived].reverse(), ...this.#state.notifications]
            .filter(({ id }) => !gone.has(id))
            .map((notification) => (read.has(notification.id) && notification.readAt === undefined ? { ...notification, readAt } : notification)),
        });
        break;
      }
      default:
        // A newer server may tell of more than this version knows.
        frame satisfies never;
        return;
    }
    this.#sequence = frame.sequence;
    for (const notification of arrived) this.#arrived.emit(notification);
  }

  #set(change: Partial<InboxState>): void {
    this.#state = { ...this.#state, ...change };
    this.#changed.emit();
  }
}
