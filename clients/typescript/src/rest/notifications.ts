import type { InboxSummary, Notification } from '../protocol/notifications.js';
import type { Page } from '../protocol/rest.js';
import { NotificationsGroup } from './generated.js';
import type { Http } from './http.js';

export interface NotificationFilters {
  readonly limit?: number;
  readonly cursor?: string;
  readonly search?: string;
  readonly unread?: boolean;
  readonly kind?: string;
  readonly projectId?: string;
}

/** The signed-in user's notifications. */
export class NotificationsApi {
  readonly #api: NotificationsGroup;

  constructor(http: Http) {
    this.#api = new NotificationsGroup(http);
  }

  list(filters: NotificationFilters = {}): Promise<Page<Notification>> {
    return this.#api.listNotifications(filters) as Promise<Page<Notification>>;
  }

  unreadCount(): Promise<InboxSummary> {
    return this.#api.countUnreadNotifications();
  }

  /** Marks these, or everything up to a sequence, as read. */
  markRead(which: { readonly ids: readonly string[] } | { readonly through: number }): Promise<InboxSummary> {
    return this.#api.markNotificationsRead(which);
  }

  remove(notificationId: string): Promise<void> {
    return this.#api.deleteNotification(notificationId);
  }
}
