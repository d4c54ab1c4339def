export { ActorsClient, type ActorsClientOptions } from './client.js';
export { DesignNotLoadedError, DesignStore, type Settlement } from './store.js';
export {
  BatchTooLargeError, DesignEndedError, DesignSession, SessionClosedError,
  type DesignSessionOptions, type DesignStatus, type Edit,
} from './live/designSession.js';
export { CommentsSession, type CommentsSessionOptions, type CommentsState } from './live/commentsSession.js';
export { InboxSession, type InboxSessionOptions, type InboxState } from './live/inboxSession.js';
export { RoomSession, type RoomSessionOptions, type RoomState } from './live/roomSession.js';
export { RunSession, type RunSessionOptions, type RunState } from './live/runSession.js';
export { Link, type LinkOptions, type LinkStatus, type LinkUser } from './live/link.js';
export { SignInRequiredError, type HubConnection, type HubConnector, type StreamObserver } from './live/hub.js';
export { signalRConnector, type SignalROptions } from './live/signalr.js';
export { defaultBackoff, systemClock, type BackoffOptions, type Clock } from './live/clock.js';

export { apply, applyAll, type Applied } from './document/apply.js';
export {
  childrenOf, connectionsOf, fromDocument, isWithin, orderAfterLast, orderAt, toDocument,
  type CommittedDesign, type DesignContent, type DesignHeader,
} from './document/content.js';
export { isKey, keyBetween, keysBetween } from './document/order.js';
export { jsonEqual, mergePatch } from './document/mergePatch.js';
export { fits, type PortType } from './document/portTypes.js';
export { PersistentMap } from './document/persistentMap.js';
export { newElementId, newUuid } from './ids.js';

export { AuthApi, DesignsApi, MembersApi, ProjectsApi, RestClient, type ImportOptions, type PageOptions, type RestOptions } from './rest/rest.js';
export { RestApi } from './rest/generated.js';
export type * as Rest from './rest/generated.js';
export { CommentsApi, type NewComment, type NewThread, type ThreadFilters } from './rest/comments.js';
export { NotificationsApi, type NotificationFilters } from './rest/notifications.js';
export { RunsApi, type NewRun, type NodeRun, type Replay, type RunFilters, type TokenRange } from './rest/runs.js';
export { Http, type Fetch, type RequestOptions } from './rest/http.js';
export { ProblemError } from './rest/problem.js';
export { LocalSessionStore, MemorySessionStore, Tokens, type SessionStore } from './rest/tokens.js';

export { IndexedDbStorage } from './storage/indexedDbStorage.js';
export { MemoryStorage, type QueueStorage, type StoredDesign } from './storage/queueStorage.js';

export type * from './protocol/comments.js';
export type * from './protocol/design.js';
export { assertNever, type JsonObject, type JsonValue } from './protocol/json.js';
export type * from './protocol/notifications.js';
export type * from './protocol/rest.js';
export type * from './protocol/room.js';
export type * from './protocol/runs.js';
