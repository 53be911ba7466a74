import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AnswerOutline } from './answer-outline.ts';
import { createSandbox, type Sandbox, type SandboxOptions } from './index.ts';
import type { ProviderRecord } from './records.ts';
import { writeStateFile } from './state-file.ts';
import { idSequence, manualClock } from './test-support.ts';

/** One request that the Python SDK sent, and the outline of the answer that it worked with. */
export interface RecordedExchange {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** `authorization` has a placeholder: `Bearer {key}`, or `Bearer {wrong}`. */
  readonly headers: Readonly<Record<string, string>>;
  /** As it was sent. */
  readonly body?: string;
  readonly answer: AnswerOutline;
}

/** A recorded session of the Python SDK. */
export interface PythonSdkRecording {
  /** `oaaclient/1.1.15 python/3.11.2` */
  readonly client: string;
  readonly exchanges: readonly RecordedExchange[];
}

export type RecordedSession = 'lifecycle' | 'paging';

/** 263 providers: more than two pages of the size that the SDK asks for. */
async function fullStateFile(): Promise<string> {
  const providers = Array.from({ length: 263 }, (_, index): ProviderRecord => {
    const id = `00000000-0000-4000-9000-${String(index + 1).padStart(12, '0')}`;
    const createdAt = '2026-01-31T09:00:00.000Z';
    return { id, name: `Provider ${index + 1}`, templates: ['application'], createdAt, settings: {} };
  });
  const path = join(await mkdtemp(join(tmpdir(), 'oaa-kit-sandbox-')), 'state.json');
  await writeStateFile(path, { version: 1, providers, dataSources: [] });
  return path;
}

/** The sandbox that a session is recorded from and replayed to: same clock, same ids, same providers. */
export async function sandboxForSession(session: RecordedSession, options: SandboxOptions = {}): Promise<Sandbox> {
  const stateFile = session === 'paging' ? await fullStateFile() : undefined;
  return createSandbox({ now: manualClock().now, newId: idSequence(), stateFile, ...options });
}
