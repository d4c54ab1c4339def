import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ActorsClient, MemorySessionStore, MemoryStorage, newUuid, type ActorsClientOptions, type DesignKind } from '../../src/index.js';

/** Why live tests cannot run here, or null when they can. */
export const noServer: string | null = process.env['ACTORS_SERVER'] || process.env['ACTORS_SILO']
  ? null
  : 'set ACTORS_SERVER to the address of a server, or ACTORS_SILO to the path of the silo assembly';

/** Why tests that kill the server cannot run here, or null when they can. */
export const noSilo: string | null = process.env['ACTORS_SILO']
  ? null
  : 'set ACTORS_SILO to the path of the silo assembly; a server that is only addressed cannot be killed';

/** A server to test against: one that runs already, or one that is started with its data in a temporary folder. */
export class LiveServer {
  #url = process.env['ACTORS_SERVER'] ?? '';
  #process: ChildProcess | null = null;
  #data: string | null = null;

  static async start(options: { readonly own?: boolean } = {}): Promise<LiveServer> {
    const server = new LiveServer();
    if (options.own || server.#url === '') {
      server.#data = await mkdtemp(join(tmpdir(), 'actors-live-'));
      await server.#launch('http://127.0.0.1:0');
    }
    return server;
  }

  get url(): string {
    return this.#url;
  }

  /** Kills the process without warning, as a power failure would. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Starts it again on the same data and address. */
  restart(): Promise<void> {
    return this.#launch(this.#url);
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM');
    if (this.#data !== null) await rm(this.#data, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (child === null || child.exitCode !== null) return;
    const exited = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await exited;
  }

  #launch(urls: string): Promise<void> {
    const silo = process.env['ACTORS_SILO'] ?? '';
    const child = spawn('dotnet', [silo, '--urls', urls, '--data', this.#data ?? ''], {
      env: { ...process.env, RateLimits__Enabled: 'false' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = child;
    const output: string[] = [];
    return new Promise((resolve, reject) => {
      const read = (line: string): void => {
        output.push(line);
        const ready = /Actors is ready at (\S+)/.exec(line);
        if (ready?.[1] === undefined) return;
        this.#url = ready[1].replace(/[/.]+$/, '');
        resolve();
      };
      createInterface({ input: child.stdout }).on('line', read);
      createInterface({ input: child.stderr }).on('line', read);
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`The server ended with ${code}:\n${output.slice(-30).join('\n')}`)));
    });
  }
}

/** Somebody with an account of their own. */
export interface LiveUser {
  readonly client: ActorsClient;
  readonly id: string;
  /** One more client in the same session, as another tab is, with storage of its own unless it is given. */
  another(options?: Partial<ActorsClientOptions>): ActorsClient;
  /** A client at another machine: it has signed in by itself. The server keeps the newest twenty such sessions. */
  elsewhere(): Promise<ActorsClient>;
  signIn(client: ActorsClient): Promise<void>;
}

const PASSWORD = 'a Long enough pass-phrase 7';

/** Registers a new account and signs in. */
export async function register(server: LiveServer, name: string): Promise<LiveUser> {
  const email = `${name}-${newUuid()}@example.com`;
  const sessionStore = new MemorySessionStore();
  const client = newClient(server, { sessionStore });
  const { id } = await client.auth.register({ email, password: PASSWORD, name });
  const signIn = async (signedOut: ActorsClient): Promise<void> => void (await signedOut.auth.login({ email, password: PASSWORD }));
  return {
    client,
    id,
    signIn,
    another: (options) => newClient(server, { sessionStore, ...options }),
    elsewhere: async () => {
      const other = newClient(server);
      await signIn(other);
      return other;
    },
  };
}

function newClient(server: LiveServer, options: Partial<ActorsClientOptions> = {}): ActorsClient {
  return new ActorsClient({
    baseUrl: server.url, storage: new MemoryStorage(), backoff: { initial: 50, longest: 1_000 },
    onStorageError: (error) => { throw error; },
    ...options,
  });
}

/** A project with one empty design. */
export async function newDesign(user: LiveUser, kind: DesignKind = 'wireframe'): Promise<{ projectId: string; designId: string }> {
  const project = await user.client.projects.create({ name: 'Live test' });
  const design = await user.client.designs.create(project.id, { name: 'Board', kind });
  return { projectId: project.id, designId: design.id };
}

/** Resolves when the condition holds; `subscribe` tells when to look again. */
export function until(subscribe: (listener: () => void) => () => void, condition: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const check = (): void => {
      if (!condition()) return;
      leave();
      resolve();
    };
    const leave = subscribe(check);
    check();
  });
}
