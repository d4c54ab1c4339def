import type { JsonObject } from './json.js';

export type DesignKind = 'wireframe' | 'process';

/** One node of a design. Siblings are ordered by `order`, compared as plain strings. */
export interface DesignNode {
  readonly id: string;
  readonly type: string;
  /** The node that contains this one; absent at the top level. */
  readonly parent?: string;
  readonly x: number;
  readonly y: number;
  readonly width?: number;
  readonly height?: number;
  /** Fractional index key among the siblings, see `keyBetween`. */
  readonly order: string;
  readonly label?: string;
  readonly props: JsonObject;
  /** How a process executes this node. */
  readonly execution?: NodeExecution;
}

/** How the firings of a process node are executed; what is absent has the server's default. */
export type NodeExecution = {
  readonly retry?: {
    /** Attempts of one firing, the first included: 1 to 100, by default 1. */
    readonly attempts?: number;
    /** Before the second attempt; doubles with each further one. By default 1,000. */
    readonly backoffMilliseconds?: number;
  };
  /** Of one attempt; declared waits do not count. */
  readonly timeoutMilliseconds?: number;
  /** Without output or sign of life. */
  readonly idleTimeoutMilliseconds?: number;
  /** Firings at once, 1 to 256; outputs keep the order of the inputs. */
  readonly parallelism?: number;
  /** What follows when the attempts are used up: the run fails, the tokens are dropped, or an error token leaves by the port `error`. */
  readonly onError?: 'fail' | 'skip' | 'port';
  /** What follows when nobody knows whether an unsafe effect happened. */
  readonly inDoubt?: 'verify' | 'retry' | 'ask' | 'fail';
  /** By the name of an output with several connections: each of them gets every token, or each token goes to one. */
  readonly fanOut?: Readonly<Record<string, 'copy' | 'compete'>>;
};

export interface ConnectionEnd {
  readonly node: string;
  readonly port: string;
}

/** A directed connection between two ports. */
export interface DesignConnection {
  readonly id: string;
  readonly from: ConnectionEnd;
  readonly to: ConnectionEnd;
  readonly props: JsonObject;
}

/** A new connection. */
export type NewConnection = Omit<DesignConnection, 'props'> & { readonly props?: JsonObject };

/** A whole design at one revision, as `GET /designs/{id}` and snapshot frames carry it. */
export interface DesignDocument {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly kind: DesignKind;
  readonly description?: string;
  readonly settings?: JsonObject;
  readonly epoch: string;
  readonly revision: number;
  readonly nodes: readonly DesignNode[];
  readonly connections: readonly DesignConnection[];
  readonly createdAt: string;
  readonly updatedAt: string;
}

/**
 * A place in a design's history. The epoch changes when history itself was replaced
 * (a restored backup), and then a revision of the older epoch means nothing.
 */
export interface Position {
  readonly epoch: string;
  readonly revision: number;
}

/** A new node. Without `order` it goes after its last sibling. */
export type NewNode = Omit<DesignNode, 'order' | 'props'> & {
  readonly order?: string;
  readonly props?: JsonObject;
};

/** Fields to change; `null` removes an optional field, and inside `props` any property (RFC 7396). */
export interface NodePatch {
  readonly type?: string;
  readonly parent?: string | null;
  readonly x?: number;
  readonly y?: number;
  readonly width?: number | null;
  readonly height?: number | null;
  readonly order?: string;
  readonly label?: string | null;
  readonly props?: JsonObject;
  readonly execution?: JsonObject | null;
}

export interface ConnectionPatch {
  readonly from?: Partial<ConnectionEnd>;
  readonly to?: Partial<ConnectionEnd>;
  readonly props?: JsonObject | null;
}

export interface DesignPatch {
  readonly name?: string;
  readonly description?: string | null;
  readonly settings?: JsonObject | null;
}

export type Operation =
  | { readonly op: 'node.add'; readonly node: NewNode }
  | { readonly op: 'node.set'; readonly id: string; readonly patch: NodePatch }
  | { readonly op: 'node.remove'; readonly id: string }
  | { readonly op: 'connection.add'; readonly connection: NewConnection }
  | { readonly op: 'connection.set'; readonly id: string; readonly patch: ConnectionPatch }
  | { readonly op: 'connection.remove'; readonly id: string }
  | { readonly op: 'design.set'; readonly patch: DesignPatch };

/** An atomic edit. The same `batchId` sent again is committed once and answered alike. */
export interface Batch {
  readonly batchId: string;
  /** The newest revision the author had seen; informational. */
  readonly baseRevision: number;
  readonly operations: readonly Operation[];
}

export interface ChangeAuthor {
  readonly id: string;
  readonly kind: 'user' | 'agent';
  readonly jobId?: string;
}

/** A committed batch: only the operations that took effect, as they took effect. */
export interface Change {
  readonly revision: number;
  readonly batchId: string;
  readonly at: string;
  readonly author: ChangeAuthor;
  readonly operations: readonly Operation[];
}

export type DesignFrame =
  | { readonly kind: 'snapshot'; readonly epoch: string; readonly revision: number; readonly design: DesignDocument }
  | { readonly kind: 'changes'; readonly changes: readonly Change[] }
  | EndFrame;

/** The last frame of any stream: why it ended, and whether watching again can help. */
export interface EndFrame {
  readonly kind: 'end';
  readonly code: string;
  readonly retry: boolean;
  /** For people; what code needs is in `code`. */
  readonly detail?: string;
}

/** Why a request was refused. `index` names the operation of the batch that was at fault. */
export interface Refusal {
  readonly code: string;
  readonly detail: string;
  readonly index?: number;
  readonly retryable: boolean;
}

export interface Committed {
  readonly status: 'committed';
  readonly revision: number;
  /** Indexes of operations without effect, because what they address is gone. */
  readonly ignored: readonly number[];
  /** What was committed, where that is not what was sent. */
  readonly operations?: readonly Operation[];
}

export interface Refused {
  readonly status: 'refused';
  readonly error: Refusal;
}

export type SubmitResult = Committed | Refused;
