import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { repositoryRoot } from '../support/repository.ts';

/** Points of a change at which a process can be killed. */
export const crashPoints = [
  'after tx1',
  'before the call',
  'during the call, when it is written what is to come',
  'during the call, between two files',
  'after the call',
  'before tx2',
] as const;
export type CrashPoint = (typeof crashPoints)[number];

export interface CsvServiceSettings {
  readonly database: string;
  /** Of the CSV files. */
  readonly folder: string;
  /** For the record of what was pushed. */
  readonly state: string;
  /** 0: any. */
  readonly port: number;
  readonly organization: string;
  readonly token: string;
  /** Undefined: nothing is published. */
  readonly publishTo:
    | { readonly url: string; readonly apiKey: string; readonly provider: string; readonly dataSource: string }
    | undefined;
}

/** The files of the help desk of the examples, in a folder of its own, with room for a database. */
export async function copyHelpDesk() {
  const root = await mkdtemp(join(tmpdir(), 'oaa-help-desk-'));
  const folder = join(root, 'files');
  await mkdir(folder);
  for (const file of ['users.csv', 'teams.csv', 'grants.csv', 'mapping.yaml']) {
    await cp(join(repositoryRoot, 'examples/write-back', file), join(folder, file));
  }
  return { root, folder, database: join(root, 'scim.db'), state: join(root, 'state') } as const;
}

/** The service in a process of its own. */
export class CsvServiceProcess {
  readonly url: string;
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.#ended = once(child, 'exit');
    this.url = url;
  }

  /** @throws Error when it does not come to listen */
  static async start(settings: CsvServiceSettings): Promise<CsvServiceProcess> {
    const script = fileURLToPath(new URL('csv-service.ts', import.meta.url));
    const child = spawn(process.execPath, ['--conditions=@oaa-kit/source', script, JSON.stringify(settings)], {
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    if (child.stdout === null) throw new Error('The process has no output.');
    for await (const line of createInterface({ input: child.stdout })) return new CsvServiceProcess(child, line);
    throw new Error('The service did not start.');
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  /** Has it killed at a point of the next change. */
  async dieAt(point: CrashPoint): Promise<void> {
    const armed = once(this.#child, 'message');
    this.#child.send(point);
    await armed;
  }

  /** Resolves with the signal that ended it. */
  async death(): Promise<NodeJS.Signals | null> {
    await this.#ended;
    return this.#child.signalCode;
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }
}
