import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ApplicationOperation, MemberSnapshot, ResourceSnapshot } from '../directory/write-back.ts';
import { nextOperation, operationKey } from './next-operation.ts';
import { planOperations } from './plan-operations.ts';
import { undoOperations } from './undo-operations.ts';

const jane = (attributes: Record<string, string | boolean>): ResourceSnapshot => ({
  kind: 'User',
  id: 'u1',
  key: 'jane',
  nativeId: '42',
  attributes: { userName: 'jane', ...attributes },
});
const team = (displayName: string): ResourceSnapshot => ({
  kind: 'Group',
  id: 'g1',
  key: 'g1',
  nativeId: undefined,
  attributes: { displayName },
});
const member = (id: string): MemberSnapshot => ({ id, kind: 'User', key: id, nativeId: undefined, name: id });

const update = (before: ResourceSnapshot, after: ResourceSnapshot, added: string[] = [], removed: string[] = []) =>
  planOperations(
    { type: 'update', before, after, membersAdded: added.map(member), membersRemoved: removed.map(member) },
    2,
  );

describe('the operations of a change of a user', () => {
  test.each([
    ['nothing that the application knows', {}, { active: true }, []],
    ['an attribute', {}, { title: 'CEO' }, ['update-user']],
    ['who is inactive', { active: false }, { active: false, title: 'CEO' }, ['update-user']],
    ['to inactive', {}, { active: false }, ['deactivate-user']],
    ['to inactive, and an attribute', {}, { active: false, title: 'CEO' }, ['deactivate-user', 'update-user']],
    ['to active', { active: false }, { active: true }, ['reactivate-user']],
    ['to active by saying nothing of it', { active: false }, {}, ['reactivate-user']],
    ['to active, and an attribute', { active: false }, { title: 'CEO' }, ['update-user', 'reactivate-user']],
  ])('%s: access is taken away first and given last', (_name, before, after, expected) => {
    expect(update(jane(before), jane(after)).map(({ type }) => type)).toEqual(expected);
  });

  test('each begins where the one before ends, the first at the old state and the last at the new one', () => {
    const attributes = fc.record(
      { active: fc.boolean(), title: fc.constantFrom('a', 'b'), userName: fc.constantFrom('jane', 'kim') },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(attributes, attributes, (one, other) => {
        const [before, after] = [jane(one), jane(other)];
        const operations = update(before, after);
        let state = before.attributes;
        for (const operation of operations) {
          if (!('before' in operation && 'after' in operation)) throw new Error(operation.type);
          expect(operation.before.attributes).toEqual(state);
          state = operation.after.attributes;
        }
        // What differs then is only how it is said that somebody is active.
        if (operations.length > 0) expect(state).toEqual(after.attributes);
      }),
    );
  });
});

describe('the operations of a change of a group', () => {
  test('remove, rename, then add, in batches', () => {
    const operations = update(team('Team'), team('Crew'), ['a', 'b', 'c'], ['d']);
    expect(operations.map((one) => [one.type, 'members' in one ? one.members.map(({ id }) => id) : []])).toEqual([
      ['remove-members', ['d']],
      ['update-group', []],
      ['add-members', ['a', 'b']],
      ['add-members', ['c']],
    ]);
  });

  test('are one for a deletion, and the members of a new group come after it', () => {
    expect(planOperations({ type: 'delete', before: team('Team') }, 2)).toEqual([
      { type: 'delete-group', before: team('Team') },
    ]);
    const made = planOperations({ type: 'create', after: team('Team'), membersAdded: ['a', 'b', 'c'].map(member) }, 2);
    expect(made.map(({ type }) => type)).toEqual(['create-group', 'add-members', 'add-members']);
  });
});

test('undoing is the opposite in the opposite order', () => {
  const operations: readonly ApplicationOperation[] = [
    ...planOperations({ type: 'create', after: team('Team'), membersAdded: [member('a')] }, 2),
    ...update(team('Team'), team('Crew'), [], ['d']),
    ...update(jane({}), jane({ active: false })),
    ...update(jane({ active: false }), jane({})),
  ];
  expect(undoOperations(operations)?.map(({ type }) => type)).toEqual([
    'deactivate-user',
    'reactivate-user',
    'update-group',
    'add-members',
    'remove-members',
    'delete-group',
  ]);
  expect(undoOperations(undoOperations(operations.slice(1)) ?? [])).toEqual(operations.slice(1));
});

test('what is deleted cannot be undone', () => {
  expect(undoOperations([{ type: 'delete-user', before: jane({}) }])).toBeUndefined();
});

test('the native id that a create told is known to the operations after it, and only of its own resource', () => {
  const operations = planOperations({ type: 'create', after: team('Team'), membersAdded: [member('a')] }, 2);
  const intent = { operations, done: 1, resourceId: 'g1', nativeId: '77', id: 'intent' } as never;
  expect(nextOperation(intent)).toEqual({
    type: 'add-members',
    group: { ...team('Team'), nativeId: '77' },
    members: [member('a')],
  });
  expect(operationKey(intent)).toBe('intent.2');
  expect(operationKey({ id: 'intent', done: 1, refusal: { kind: 'invalid', reason: 'No.' } })).toBe('intent.undo.2');
  expect(nextOperation({ operations, done: 2, resourceId: 'g1', nativeId: '77' } as never)).toBeUndefined();
});
