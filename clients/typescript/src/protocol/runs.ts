import type { EndFrame } from './design.js';
import type { JsonObject, JsonValue } from './json.js';

export type RunStatus = 'running' | 'paused' | 'waiting' | 'completed' | 'failed' | 'cancelled';

export type RunNodeStatus = 'idle' | 'running' | 'waiting' | 'blocked' | 'retrying' | 'done' | 'skipped' | 'failed';

/** What of a run survives a crash of the server: every firing, or its start and its result. */
export type RunDurability = 'firing' | 'none';

export interface RunFailure {
  readonly code: string;
  readonly detail: string;
  /** The guilty node, if there is one. */
  readonly nodeId?: string;
  /** Of a deadlock: who waits for whom. */
  readonly waits?: readonly { readonly node: string; readonly port: string; readonly waiting: string; readonly for: string }[];
}

/** A run as lists show it. */
export interface RunHeader {
  readonly id: string;
  readonly projectId: string;
  readonly designId: string;
  readonly designName: string;
  /** The design's revision that runs, whatever happens to the design. */
  readonly revision: number;
  readonly status: RunStatus;
  readonly durability: RunDurability;
  readonly startedBy: string;
  /** The node that runs alone; absent for a whole design. */
  readonly nodeId?: string;
  /** Whether nothing happens outside. */
  readonly dryRun: boolean;
  /** The run that this one replays, and the node from which on it executes; all when absent. */
  readonly replayOf?: string;
  readonly fromNode?: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly endedAt?: string;
  /** Whether it ever waited, for others or for a time. */
  readonly waited: boolean;
  /** How long it has worked, waits and pauses excluded. */
  readonly workedMilliseconds: number;
  readonly error?: RunFailure;
}

export interface RunNode {
  readonly status: RunNodeStatus;
  /** The node's type, and the version of it that the run was started with. */
  readonly component?: string;
  readonly version?: number;
  readonly firings: number;
  readonly in: number;
  readonly out: number;
  readonly errors: number;
  readonly retries: number;
  readonly skipped: number;
  readonly inFlight: number;
  /** Tokens that wait in its inputs. */
  readonly queued: number;
  /** Milliseconds of a firing, since the run was last brought into memory. */
  readonly p50?: number;
  readonly p99?: number;
  /** What its firings asked of models; absent when nothing. */
  readonly models?: { readonly inputTokens: number; readonly outputTokens: number; readonly cost: number };
}

export interface RunConnection {
  /** Tokens that ever went in. */
  readonly tokens: number;
  readonly waiting: number;
  /** Of the tokens that ever went in. */
  readonly bytes: number;
  /** The beginning of the token that went in last, at most 256 bytes; in live states only. */
  readonly preview?: string;
}

/** Something that a run waits for from outside. */
export interface RunWait {
  readonly id: string;
  readonly node: string;
  readonly kind: string;
  readonly details: JsonValue;
  readonly until?: string;
}

/** A run whole. */
export interface Run extends Omit<RunHeader, 'waited' | 'workedMilliseconds'> {
  /** The design's revision now; when it differs from `revision`, the design has moved on. Absent when the design is gone. */
  readonly designRevision?: number;
  readonly firings: number;
  /** The number of the newest event. */
  readonly sequence: number;
  readonly nodes: Readonly<Record<string, RunNode>>;
  readonly connections: Readonly<Record<string, RunConnection>>;
  /** The first tokens of each output; the others are paged. */
  readonly outputs: Readonly<Record<string, readonly JsonValue[]>>;
  readonly outputCounts: Readonly<Record<string, number>>;
  readonly waits: readonly RunWait[];
}

export interface StartedRun {
  readonly id: string;
  readonly status: RunStatus;
  readonly designId: string;
  readonly revision: number;
}

/** An event of a run's log; `kind` says what else it has. */
export type RunEvent = JsonObject;

export interface TokenPage {
  readonly items: readonly JsonValue[];
  /** The position to ask for after. */
  readonly nextCursor?: string;
  readonly total: number;
}

export type RunFrame =
  /** Events in their order; `sequence` is the number of the last. */
  | { readonly kind: 'events'; readonly sequence: number; readonly events: readonly RunEvent[] }
  /** How the run stands; replaces what was told before. */
  | { readonly kind: 'state'; readonly run: Run }
  | EndFrame;

/** A run in a few words, as rooms tell it. */
export interface RunSummary {
  readonly id: string;
  readonly designId: string;
  readonly designName: string;
  readonly revision: number;
  readonly status: RunStatus;
  readonly startedBy: string;
  /** When its status changed. */
  readonly at: string;
  readonly firings: number;
  readonly errors: number;
  readonly outputs: number;
  readonly error?: RunFailure;
}

/** What a room tells of runs; with `missed` others may have changed as well. */
export interface RunsFrame {
  readonly kind: 'runs';
  readonly runs: readonly RunSummary[];
  readonly missed?: boolean;
}
