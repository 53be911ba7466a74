import { fileURLToPath } from 'node:url';
import { loadAdapter } from '@oaa-kit/scim-writeback/application';
import { adapterLaws } from '@oaa-kit/scim-writeback/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startDesk } from './test-desk.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));

async function startAdapter() {
  const desk = await startDesk();
  onTestFinished(desk.close);
  const adapter = await loadAdapter('desk-adapter.ts', { folder, settings: { url: desk.url } });
  if ('applyWithin' in adapter) throw new TypeError('The help desk is not in the database of the directory.');
  return { desk, adapter };
}

describe('the adapter of the help desk', () => {
  test.each(adapterLaws({ unsupported: ['delete-user'] }))('$name', async ({ check }) => {
    const { desk, adapter } = await startAdapter();
    await check({ adapter, look: desk.look });
  });

  test('refuses what the help desk cannot do', async () => {
    const { adapter } = await startAdapter();
    const jane = { kind: 'User', id: '1', key: '1', nativeId: 'a1', attributes: { userName: 'jane' } } as const;
    const call = { idempotencyKey: 'x.1', attempt: 1, signal: AbortSignal.timeout(1000) };
    expect(await adapter.apply({ type: 'delete-user', before: jane }, call)).toEqual({
      type: 'refused',
      kind: 'invalid',
      reason: 'The application does not let others delete users.',
    });
  });
});
