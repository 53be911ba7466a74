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

  test.each([
    { type: 'deactivate-user', of: 'a user' },
    { type: 'add-members', of: 'a member' },
  ] as const)('asks the help desk for nothing ($type) where it never had $of', async ({ type }) => {
    const { adapter } = await startAdapter();
    const ids = { id: '1', key: '1', nativeId: undefined };
    const user = { kind: 'User', ...ids, attributes: { userName: 'jane' } } as const;
    const group = { kind: 'Group', id: '2', key: '2', nativeId: 't1', attributes: { displayName: 'Sales' } } as const;
    const call = { idempotencyKey: 'x.1', attempt: 1, signal: AbortSignal.timeout(1000) };
    const operation =
      type === 'add-members'
        ? ({ type, group, members: [{ kind: 'User', ...ids, name: 'jane' }] } as const)
        : ({ type, before: user, after: user } as const);
    expect(await adapter.apply(operation, call)).toMatchObject({ type: 'refused', kind: 'not-found' });
  });
});
