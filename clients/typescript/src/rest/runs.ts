import type { JsonValue } from '../protocol/json.js';
import type { Page } from '../protocol/rest.js';
import type { Run, RunDurability, RunHeader, RunStatus, RunWait, StartedRun, TokenPage } from '../protocol/runs.js';
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
  readonly #http: Http;

  constructor(http: Http) {
    this.#http = http;
  }

  start(designId: string, run: NewRun = {}): Promise<StartedRun> {
    return this.#http.json('POST', `/designs/${encodeURIComponent(designId)}/runs`, { body: run });
  }

  /** Runs one node of the design with sample tokens, whatever becomes of the others. */
  startNode(designId: string, nodeId: string, run: NodeRun = {}): Promise<StartedRun> {
    return this.#http.json('POST', `/designs/${encodeURIComponent(designId)}/nodes/${encodeURIComponent(nodeId)}/run`, { body: run });
  }

  /** Runs a run that has ended once more, with the tokens, replies and effects that it recorded. */
  replay(runId: string, replay: Replay = {}): Promise<StartedRun> {
    return this.#http.json('POST', path(runId, 'replay'), { body: replay });
  }

  /** The design's runs, newest first. */
  listOfDesign(designId: string, filters: RunFilters = {}): Promise<Page<RunHeader>> {
    return this.#http.json('GET', `/designs/${encodeURIComponent(designId)}/runs`, { query: { ...filters } });
  }

  /** The project's runs, newest first. */
  listOfProject(projectId: string, filters: RunFilters = {}): Promise<Page<RunHeader>> {
    return this.#http.json('GET', `/projects/${encodeURIComponent(projectId)}/runs`, { query: { ...filters } });
  }

  get(runId: string): Promise<Run> {
    return this.#http.json('GET', path(runId));
  }

  /** Deletes a run that has ended, with all that it produced. */
  delete(runId: string): Promise<void> {
    return this.#http.json('DELETE', path(runId));
  }

  output(runId: string, name: string, range: TokenRange = {}): Promise<TokenPage> {
    return this.#http.json('GET', path(runId, 'outputs', name), { query: { ...range } });
  }

  events(runId: string, range: TokenRange = {}): Promise<TokenPage> {
    return this.#http.json('GET', path(runId, 'events'), { query: { ...range } });
  }

  /** What the run waits for from people and others. */
  async waits(runId: string): Promise<readonly RunWait[]> {
    return (await this.#http.json<Page<RunWait>>('GET', path(runId, 'waits'))).items;
  }

  /** Answers what the run waits for; the first answer counts. */
  answer(runId: string, waitId: string, answer: JsonValue): Promise<void> {
    return this.#http.json('POST', path(runId, 'answers', waitId), { body: answer });
  }

  cancel(runId: string): Promise<void> {
    return this.#http.json('POST', path(runId, 'cancel'));
  }

  /** Nothing new starts; what is in flight finishes. */
  pause(runId: string): Promise<void> {
    return this.#http.json('POST', path(runId, 'pause'));
  }

  resume(runId: string): Promise<void> {
    return this.#http.json('POST', path(runId, 'resume'));
  }

  /** A failed run goes on from the firing that failed. */
  retry(runId: string): Promise<void> {
    return this.#http.json('POST', path(runId, 'retry'));
  }
}

function path(runId: string, ...parts: readonly string[]): string {
  return ['/runs', runId, ...parts].map((part, i) => (i === 0 ? part : encodeURIComponent(part))).join('/');
}
