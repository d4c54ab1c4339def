import type { JsonValue } from '../protocol/json.js';
import type { Page } from '../protocol/rest.js';
import type { Run, RunDurability, RunHeader, RunStatus, RunWait, StartedRun, TokenPage } from '../protocol/runs.js';
import { RunsGroup } from './generated.js';
import type { Http } from './http.js';

export interface NewRun {
  /** Tokens by the name of the design's input. */
  readonly inputs?: Readonly<Record<string, readonly JsonValue[]>>;
  /** The newest by default. */
  readonly revision?: number;
  readonly durability?: RunDurability;
  /** Nothing happens outside, no model is asked and nobody is waited for. */
  readonly dryRun?: boolean;
  /** For a dry run: the run whose recorded outcomes stand in for effects; the design's latest completed one by default. */
  readonly from?: string;
}

export interface NodeRun extends Omit<NewRun, 'durability'> {
  /** Tokens by input port. */
  readonly inputs?: Readonly<Record<string, readonly JsonValue[]>>;
}

export interface Replay {
  /** The node from which on firings are executed; those before it give what they gave. All by default. */
  readonly node?: string;
  /** Where nothing is recorded `recorded`, the default, fails the replay, and `live` does it. */
  readonly effects?: 'recorded' | 'live';
}

export interface RunFilters {
  readonly limit?: number;
  readonly cursor?: string;
  readonly search?: string;
  readonly status?: RunStatus;
}

export interface TokenRange {
  /** Only what comes after the first so many. */
  readonly after?: number;
  readonly limit?: number;
}

/** Runs of designs. Editors start and control them, everyone in the project sees them. */
export class RunsApi {
  readonly #api: RunsGroup;

  constructor(http: Http) {
    this.#api = new RunsGroup(http);
  }

  start(designId: string, run: NewRun = {}): Promise<StartedRun> {
    return this.#api.startRun(designId, run) as Promise<StartedRun>;
  }

  /** Runs one node of the design with sample tokens, whatever becomes of the others. */
  startNode(designId: string, nodeId: string, run: NodeRun = {}): Promise<StartedRun> {
    return this.#api.runNode(designId, nodeId, run) as Promise<StartedRun>;
  }

  /** Runs a run that has ended once more, with the tokens, replies and effects that it recorded. */
  replay(runId: string, replay: Replay = {}): Promise<StartedRun> {
    return this.#api.replayRun(runId, replay) as Promise<StartedRun>;
  }

  /** The design's runs, newest first. */
  listOfDesign(designId: string, filters: RunFilters = {}): Promise<Page<RunHeader>> {
    return this.#api.listDesignRuns(designId, filters) as Promise<Page<RunHeader>>;
  }

  /** The project's runs, newest first. */
  listOfProject(projectId: string, filters: RunFilters = {}): Promise<Page<RunHeader>> {
    return this.#api.listProjectRuns(projectId, filters) as Promise<Page<RunHeader>>;
  }

  get(runId: string): Promise<Run> {
    return this.#api.getRun(runId) as Promise<Run>;
  }

  /** Deletes a run that has ended, with all that it produced. */
  delete(runId: string): Promise<void> {
    return this.#api.deleteRun(runId);
  }

  output(runId: string, name: string, range: TokenRange = {}): Promise<TokenPage> {
    return this.#api.listRunOutputs(runId, name, range) as Promise<TokenPage>;
  }

  events(runId: string, range: TokenRange = {}): Promise<TokenPage> {
    return this.#api.listRunEvents(runId, range) as Promise<TokenPage>;
  }

  /** What the run waits for from people and others. */
  async waits(runId: string): Promise<readonly RunWait[]> {
    return (await (this.#api.listRunWaits(runId) as Promise<Page<RunWait>>)).items;
  }

  /** Answers what the run waits for; the first answer counts. */
  answer(runId: string, waitId: string, answer: JsonValue): Promise<void> {
    return this.#api.answerRun(runId, waitId, answer);
  }

  cancel(runId: string): Promise<void> {
    return this.#api.cancelRun(runId);
  }

  /** Nothing new starts; what is in flight finishes. */
  pause(runId: string): Promise<void> {
    return this.#api.pauseRun(runId);
  }

  resume(runId: string): Promise<void> {
    return this.#api.resumeRun(runId);
  }

  /** A failed run goes on from the firing that failed. */
  retry(runId: string): Promise<void> {
    return this.#api.retryRun(runId);
  }
}
