// `npm run generate` starts the server that was built last (or asks the one whose address is given), keeps its OpenAPI
// document as openapi.json, and writes src/rest/generated.ts of it. `-- --offline` writes it of the document that is kept.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { textOf } from './openapi.mjs';
import { render } from './render.mjs';

const folder = join(import.meta.dirname, '..');
const kept = join(folder, 'openapi.json');
const [argument] = process.argv.slice(2);

if (argument !== '--offline') await writeFile(kept, textOf(argument ? await documentOf(argument) : await documentOfBuild()));
await writeFile(join(folder, 'src', 'rest', 'generated.ts'), render(JSON.parse(await readFile(kept, 'utf8'))));

async function documentOf(server) {
  const response = await fetch(new URL('/openapi/v1.json', server));
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}.`);
  return response.json();
}

async function documentOfBuild() {
  const silo = process.env.ACTORS_SILO ?? join(folder, '..', '..', 'artifacts', 'embedded', 'bin', 'Silo', 'debug', 'Actors.Silo.dll');
  if (!existsSync(silo)) throw new Error(`'${silo}' does not exist. Build it with: dotnet build src/Silo`);
  const data = await mkdtemp(join(tmpdir(), 'actors-generate-'));
  const server = spawn('dotnet', [silo, '--urls', 'http://127.0.0.1:0', '--data', data], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    return await documentOf(await addressOf(server));
  } finally {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGTERM');
    await ended;
    await rm(data, { recursive: true, force: true });
  }
}

async function addressOf(server) {
  for await (const line of createInterface({ input: server.stdout })) {
    const ready = /Actors is ready at (\S+)/.exec(line);
    if (ready) return ready[1];
  }
  throw new Error('The server ended before it was ready.');
}
