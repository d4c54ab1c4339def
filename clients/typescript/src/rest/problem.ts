import type { Problem } from '../protocol/rest.js';

/** An answer of the server that is an error; branch on `code`. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;
  /** Milliseconds after which to try again, where the server said so. */
  readonly retryAfter: number | null;

  constructor(problem: Problem, retryAfter: number | null = null) {
    super(problem.detail ?? problem.title);
    this.problem = problem;
    this.retryAfter = retryAfter;
  }

  get status(): number {
    return this.problem.status;
  }

  get code(): string {
    return this.problem.code;
  }

  get retryable(): boolean {
    return this.problem.retryable;
  }
}

/** Reads an error answer; one that is no problem document, say from a proxy, gets the code `http_error`. */
export async function problemOf(response: Response): Promise<ProblemError> {
  const problem: Problem = {
    title: response.statusText || `HTTP ${response.status}`,
    code: 'http_error',
    retryable: response.status === 429 || response.status >= 500,
    ...(await bodyOf(response)),
    status: response.status,
  };
  return new ProblemError(problem, retryAfterOf(response));
}

async function bodyOf(response: Response): Promise<Partial<Problem>> {
  if (!/json/.test(response.headers.get('Content-Type') ?? '')) return {};
  try {
    return (await response.json()) as Partial<Problem>;
  } catch {
    // A body cut short says less than the status, which is known.
    return {};
  }
}

function retryAfterOf(response: Response): number | null {
  const value = response.headers.get('Retry-After');
  if (value === null) return null;
  const milliseconds = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isNaN(milliseconds) ? null : Math.max(0, milliseconds);
}
