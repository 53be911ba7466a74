import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { answerOutline } from '../../packages/registrar/src/sandbox/answer-outline.ts';
import {
  type PythonSdkRecording,
  type RecordedSession,
  sandboxForSession,
} from '../../packages/registrar/src/sandbox/python-sdk-recording.ts';

const sdkFolder = process.env.OAA_KIT_PYTHON_SDK;
const python = process.env.OAA_KIT_PYTHON ?? 'python3';
/** Writes what the SDK sent into the fixtures that are replayed without Python. */
const recordFixtures = process.env.OAA_KIT_RECORD === 'true';
const run = promisify(execFile);

interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly answer: { readonly status: number; readonly body: unknown };
}

async function record(session: RecordedSession, exchanges: readonly Exchange[]): Promise<void> {
  const folder = new URL('../../packages/registrar/src/sandbox/fixtures/python-sdk/', import.meta.url);
  const recording: PythonSdkRecording = {
    client: exchanges[0]?.headers['user-agent'] ?? '',
    exchanges: exchanges.map(({ answer, ...request }) => ({
      ...request,
      answer: answerOutline(answer.status, answer.body),
    })),
  };
  await mkdir(folder, { recursive: true });
  await writeFile(new URL(`${session}.json`, folder), `${JSON.stringify(recording, null, 1)}\n`);
}

/** Runs one session of the real SDK against a sandbox over TLS and returns what the SDK saw. */
async function drive(session: RecordedSession) {
  const sandbox = await sandboxForSession(session, { tls: true });
  onTestFinished(() => sandbox.close());
  const script = new URL('./python-sdk/session.py', import.meta.url).pathname;
  const env = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    PYTHONPATH: sdkFolder,
    PYTHONDONTWRITEBYTECODE: '1',
    VEZA_URL: sandbox.url,
    VEZA_API_KEY: sandbox.apiKey,
    VEZA_UNSAFE_HTTPS: 'true',
  };
  const { stdout } = await run(python, [script, session], { env, maxBuffer: 50_000_000 });
  const { seen, exchanges } = JSON.parse(stdout);
  expect(exchanges).toHaveLength(sandbox.requests().length);
  if (recordFixtures) await record(session, exchanges);
  return { sandbox, seen };
}

const warnings = [
  ...Array.from({ length: 20 }, (_, number) => ({
    message: `Cannot find identity by names (user${number}@example.com)`,
  })),
];
const emptyRole = { message: 'Role is missing permission (application: Portal EU, role: empty)' };

describe.skipIf(sdkFolder === undefined)(
  'the real Python SDK against the sandbox (skipped unless OAA_KIT_PYTHON_SDK names a folder with oaaclient)',
  () => {
    test('connects, lists, creates, sets icons, pushes in all three ways, reads errors and deletes', async () => {
      const { sandbox, seen } = await drive('lifecycle');
      expect(seen).toMatchObject({
        wrong_key: { error: 'Unauthenticated', status: 401 },
        providers_at_start: 0,
        absent_by_name: null,
        absent_by_id: null,
        created: { name: 'Portal', custom_template: 'application', state: 'ENABLED' },
        duplicate: { error: 'InvalidArgument', status: 400 },
        unknown_option: { error: 'InvalidArgument', status: 400 },
        provisioning: true,
        gzip: { warnings: [...warnings, emptyRole] },
        plain: { warnings: [...warnings, emptyRole] },
        parts: { warnings: [...warnings, emptyRole] },
        data_sources: 1,
        bad_payload: { status: 400 },
        unknown_role: { status: 400 },
        deleted: 'DELETING',
      });
      const fieldOf = (refusal: { details: { field_violations: { field: string }[] }[] }) =>
        refusal.details[0]?.field_violations[0]?.field;
      expect([seen.duplicate, seen.bad_payload, seen.unknown_role].map(fieldOf)).toEqual([
        'name',
        'applications.bad_property',
        'identity_to_permissions.role_assignments.role',
      ]);
      expect(sandbox.dataSource('Portal', 'portal-eu')?.pushes.map(({ mode }) => mode)).toEqual([
        'gzip',
        'plain',
        'parts',
      ]);
    });

    test('pages through 263 providers', async () => {
      const { seen } = await drive('paging');
      expect(seen).toEqual({ count: 263, distinct: 263 });
    });
  },
);
