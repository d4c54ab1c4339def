import { newUuid } from '../ids.js';
import { problemOf } from './problem.js';
import type { Tokens } from './tokens.js';

export type Fetch = (input: string, init?: RequestInit) => Promise<Response>;

export interface RequestOptions {
  readonly query?: Readonly<Record<string, string | number | boolean | null | undefined>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, with its content type, instead of `body`. */
  readonly content?: { readonly data: BodyInit; readonly type: string };
  readonly accept?: string;
  /** Only change what still has this entity tag. */
  readonly ifMatch?: string;
  /** Makes a POST safe to repeat; a new one is made for each call where it is not given. */
  readonly idempotencyKey?: string;
  readonly anonymous?: boolean;
  /** The address is one outside `/api/v1`. */
  readonly outside?: boolean;
  readonly signal?: AbortSignal;
}

/** Sends requests with the user's token, and turns error answers into `ProblemError`. */
export class Http {
  readonly #server: string;
  readonly #fetch: Fetch;
  #tokens: Tokens | null = null;

  constructor(baseUrl: string, fetch: Fetch) {
    this.#server = baseUrl.replace(/\/+$/, '');
    this.#fetch = fetch;
  }

  /** Gives the tokens to sign requests with; they in turn are renewed by requests, hence not in the constructor. */
  useTokens(tokens: Tokens): void {
    this.#tokens = tokens;
  }

  /** Sends a request and reads the JSON answer; undefined where there is no content. */
  async json<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
    const response = await this.send(method, path, options);
    return (response.status === 204 ? undefined : await response.json()) as T;
  }

  async text(method: string, path: string, options: RequestOptions = {}): Promise<string> {
    return (await this.send(method, path, options)).text();
  }

  async blob(method: string, path: string, options: RequestOptions = {}): Promise<Blob> {
    return (await this.send(method, path, options)).blob();
  }

  /** What is said about a resource without its content. */
  async headers(method: string, path: string, options: RequestOptions = {}): Promise<Headers> {
    return (await this.send(method, path, options)).headers;
  }

  /**
   * Sends a request and answers the response, which is a success.
   * @throws ProblemError for any other answer.
   */
  async send(method: string, path: string, options: RequestOptions = {}): Promise<Response> {
    const url = `${this.#server}${options.outside ? '' : '/api/v1'}${path}${queryOf(options.query)}`;
    const init = initOf(method, options);
    const token = options.anonymous ? null : ((await this.#tokens?.accessToken()) ?? null);
    let response = await this.#fetch(url, signed(init, token));
    if (response.status === 401 && token !== null) {
      const replacement = (await this.#tokens?.replace(token)) ?? null;
      if (replacement !== null) response = await this.#fetch(url, signed(init, replacement));
    }
    if (!response.ok) throw await problemOf(response);
    return response;
  }
}

function initOf(method: string, options: RequestOptions): RequestInit & { headers: Record<string, string> } {
  const headers: Record<string, string> = { Accept: options.accept ?? 'application/json' };
  if (options.ifMatch !== undefined) headers['If-Match'] = options.ifMatch;
  if (method === 'POST') headers['Idempotency-Key'] = options.idempotencyKey ?? newUuid();
  const type = options.content?.type ?? (options.body === undefined ? undefined : 'application/json');
  if (type !== undefined) headers['Content-Type'] = type;
  const body = options.content?.data ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
  return {
    method,
    headers,
    ...(body !== undefined && { body }),
    ...(options.signal && { signal: options.signal }),
  };
}

function signed(init: RequestInit & { headers: Record<string, string> }, token: string | null): RequestInit {
  return token === null ? init : { ...init, headers: { ...init.headers, Authorization: `Bearer ${token}` } };
}

function queryOf(query: RequestOptions['query'] = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined) parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}
