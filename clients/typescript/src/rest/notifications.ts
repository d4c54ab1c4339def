import type { InboxSummary, Notification } from '../protocol/notifications.js';
import type { Page } from '../protocol/rest.js';
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
  readonly #http: Http;

  constructor(http: Http) {
    this.#http = http;
  }

  list(filters: NotificationFilters = {}): Promise<Page<Notification>> {
    const { unread, ...others } = filters;
    return this.#http.json('GET', '/notifications', { query: { ...others, ...(unread !== undefined && { unread: String(unread) }) } });
  }

  unreadCount(): Promise<InboxSummary> {
    return this.#http.json('GET', '/notifications/unread-count');
  }

  /** Marks these, or everything up to a sequence, as read. */
  markRead(which: { readonly ids: readonly string[] } | { readonly through: number }): Promise<InboxSummary> {
    return this.#http.json('POST', '/notifications/read', { body: which });
  }

  remove(notificationId: string): Promise<void> {
    return this.#http.json('DELETE', `/notifications/${encodeURIComponent(notificationId)}`);
  }
}
