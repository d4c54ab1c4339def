import { defaultBackoff, systemClock, type BackoffOptions, type Clock } from './live/clock.js';
import { CommentsSession } from './live/commentsSession.js';
import { DesignSession } from './live/designSession.js';
import { SignInRequiredError, type HubConnector } from './live/hub.js';
import { InboxSession } from './live/inboxSession.js';
import { Link } from './live/link.js';
import { RoomSession } from './live/roomSession.js';
import { signalRConnector, type SignalROptions } from './live/signalr.js';
import { RestClient, type RestOptions } from './rest/rest.js';
import { IndexedDbStorage } from './storage/indexedDbStorage.js';
import { MemoryStorage, type QueueStorage } from './storage/queueStorage.js';

export interface ActorsClientOptions extends RestOptions {
  /** Where pending edits survive a reload: IndexedDB by default where there is one, else memory. */
  readonly storage?: QueueStorage;
  readonly backoff?: BackoffOptions;
  readonly clock?: Clock;
  /** Passed on to SignalR, for instance to choose a transport. */
  readonly signalR?: SignalROptions['http'];
  /** Replaces the SignalR connection. */
  readonly connect?: HubConnector;
  /** Told when storage fails; editing goes on. */
  readonly onStorageError?: (error: unknown) => void;
}

/** A server, as one user sees it: the REST interface, and live designs and rooms over one connection. */
export class ActorsClient extends RestClient {
  /** The live connection: its status, and a way to reconnect at once. */
  readonly link: Link;
  readonly #options: ActorsClientOptions;
  readonly #storage: QueueStorage;
  readonly #live: { readonly clock: Clock; readonly backoff: BackoffOptions };
  readonly #unsubscribe: () => void;

  constructor(options: ActorsClientOptions) {
    super(options);
    this.#options = options;
    this.#storage = options.storage ?? (typeof indexedDB === 'undefined' ? new MemoryStorage() : new IndexedDbStorage());
    this.#live = { clock: options.clock ?? systemClock, backoff: options.backoff ?? defaultBackoff };
    const connect = options.connect ?? signalRConnector({
      url: `${options.baseUrl.replace(/\/+$/, '')}/hubs/collaboration`,
      accessToken: () => this.#accessToken(),
      replaceToken: (refused) => this.tokens.replace(refused),
      ...(options.signalR && { http: options.signalR }),
    });
    this.link = new Link({ connect, ...this.#live });
    // Signing in again is what a link that had to stop is waiting for.
    this.#unsubscribe = this.tokens.subscribe(() => {
      if (this.tokens.user !== null && this.link.getStatus() === 'signed-out') this.link.retryNow();
    });
  }

  /** Opens a design as the signed-in user: with what an earlier session left, then following the server. */
  openDesign(designId: string): Promise<DesignSession> {
    const { onStorageError } = this.#options;
    return DesignSession.open({
      ...this.#live,
      designId,
      link: this.link,
      storage: this.#storage,
      storageKey: `${this.#userId()}/${designId}`,
      ...(onStorageError && { onStorageError }),
    });
  }

  /** Enters a project's room. */
  openRoom(projectId: string): RoomSession {
    return new RoomSession({ ...this.#live, projectId, link: this.link });
  }

  /** Follows a design's comments by its project's room, which must stay open as long. */
  openComments(designId: string, room: RoomSession): CommentsSession {
    return new CommentsSession({ ...this.#live, designId, room, list: (id, filters) => this.comments.list(id, filters) });
  }

  /** Follows the signed-in user's notifications. */
  openInbox(): InboxSession {
    return new InboxSession({ ...this.#live, link: this.link });
  }

  /** Forgets what is stored of a design for the signed-in user, edits that were not sent included. */
  forgetDesign(designId: string): Promise<void> {
    return this.#storage.clear(`${this.#userId()}/${designId}`);
  }

  /** Drops the live connection for good. Close the sessions first, so that they can save. */
  close(): Promise<void> {
    this.#unsubscribe();
    return this.link.close();
  }

  #userId(): string {
    const user = this.tokens.user;
    if (user === null) throw new SignInRequiredError('Sign in first.');
    return user.id;
  }

  async #accessToken(): Promise<string> {
    const token = await this.tokens.accessToken();
    if (token === null) throw new SignInRequiredError('Nobody is signed in.');
    return token;
  }
}
