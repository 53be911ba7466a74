import { describe, expect, test } from 'vitest';
import { isEmptyPlan } from '../is-empty-plan.ts';
import { declaredProvider, planOf, remembered, stateOf, tenantProvider } from '../test-support.ts';

const state = stateOf(remembered());
const [place] = [declaredProvider().place];

describe('which provider of the tenant a declared one is', () => {
  test('none: it is created', () => {
    const { providers, problems } = planOf([declaredProvider()]);
    expect(problems).toEqual([]);
    expect(providers).toMatchObject([{ action: 'create', assumes: undefined, adopts: false, reasons: [] }]);
  });

  test('the remembered id is followed when the name in the manifest changes', () => {
    const renamed = declaredProvider({ key: 'Portal', name: 'Customer portal' });
    const { providers } = planOf([renamed], { state, providers: [tenantProvider()] });
    expect(providers).toMatchObject([
      {
        action: 'update',
        assumes: { id: 'p-1', name: 'Portal', state: 'ENABLED', fingerprint: 'f'.repeat(64) },
        fields: [{ path: 'name', before: 'Portal', after: 'Customer portal' }],
      },
    ]);
  });

  test('a name that was changed on the tenant is a difference like any other', () => {
    const { providers } = planOf([declaredProvider()], { state, providers: [tenantProvider({ name: 'Renamed' })] });
    expect(providers[0]?.fields).toEqual([{ path: 'name', before: 'Renamed', after: 'Portal' }]);
  });

  test('one of the same name that was not made from here is refused', () => {
    const { providers, problems } = planOf([declaredProvider()], { providers: [tenantProvider()] });
    expect(providers).toEqual([]);
    expect(problems).toEqual([
      {
        code: 'not-ours',
        provider: 'Portal',
        place,
        message: 'A provider "Portal" (p-1) is on the tenant, and it was not made from here.',
        hint: 'Write adopt: true to take it over; otherwise choose another name.',
      },
    ]);
  });

  test('adopt takes it over, also when it is as declared', () => {
    const { providers } = planOf([declaredProvider({ adopt: true })], { providers: [tenantProvider()] });
    expect(providers).toMatchObject([{ action: 'none', adopts: true, assumes: { id: 'p-1' }, fields: [] }]);
  });

  test('adopt changes nothing about one that is remembered', () => {
    const { providers } = planOf([declaredProvider({ adopt: true })], { state, providers: [tenantProvider()] });
    expect(providers).toMatchObject([{ action: 'none', adopts: false }]);
  });

  test('one that was deleted by hand is made again, and the plan says so', () => {
    const { providers } = planOf([declaredProvider()], { state });
    expect(providers).toMatchObject([
      {
        action: 'create',
        assumes: undefined,
        reasons: ['the provider that was made from here (p-1) is gone: it is made again'],
      },
    ]);
  });

  test('one that was deleted and made again by hand is not ours', () => {
    const { problems } = planOf([declaredProvider()], { state, providers: [tenantProvider({ id: 'p-2' })] });
    expect(problems[0]).toMatchObject({
      code: 'not-ours',
      message:
        'A provider "Portal" (p-2) is on the tenant, and it is not the one that was made from here (p-1), which is gone.',
    });
  });

  test('one that is being deleted is waited for, and then made again', () => {
    for (const known of [state, stateOf()]) {
      const { providers } = planOf([declaredProvider()], {
        state: known,
        providers: [tenantProvider({ state: 'DELETING' })],
      });
      expect(providers).toMatchObject([
        {
          action: 'create',
          assumes: { id: 'p-1', state: 'DELETING' },
          reasons: ['the old provider "Portal" (p-1) is still being deleted: apply waits until it is gone'],
        },
      ]);
    }
  });

  test('of two with one name the one that is not being deleted counts', () => {
    const providers = [tenantProvider({ id: 'p-0', state: 'DELETING' }), tenantProvider()];
    expect(planOf([declaredProvider({ adopt: true })], { providers }).providers).toMatchObject([
      { action: 'none', adopts: true, assumes: { id: 'p-1' } },
    ]);
  });

  test('several of one name are refused even for adoption, with their ids', () => {
    const providers = [tenantProvider(), tenantProvider({ id: 'p-2' })];
    expect(planOf([declaredProvider({ adopt: true })], { providers }).problems).toMatchObject([
      { code: 'name-ambiguous', message: 'The tenant has 2 providers named "Portal": p-1, p-2.' },
    ]);
  });

  test('names are told apart by case', () => {
    const { providers } = planOf([declaredProvider()], { providers: [tenantProvider({ name: 'portal' })] });
    expect(providers).toMatchObject([{ action: 'create' }]);
  });

  test('names that objects have anyway are names like others', () => {
    const declared = ['__proto__', 'constructor'].map((name) => declaredProvider({ name }));
    expect(planOf(declared).providers.map(({ action }) => action)).toEqual(['create', 'create']);
  });
});

describe('a name that another provider has', () => {
  const renamed = declaredProvider({ key: 'Portal', name: 'Wiki' });
  const wiki = tenantProvider({ id: 'p-2', name: 'Wiki' });

  test('is refused for a change of name', () => {
    const { problems } = planOf([renamed], { state, providers: [tenantProvider(), wiki] });
    expect(problems).toMatchObject([
      { code: 'name-taken', message: 'The name "Wiki" is that of another provider on the tenant (p-2).' },
    ]);
  });

  test('is free for a new provider when this plan gives the old one another', () => {
    const declared = [declaredProvider({ key: 'new', name: 'Portal' }), renamed];
    const { providers, problems } = planOf(declared, { state, providers: [tenantProvider()] });
    expect(problems).toEqual([]);
    expect(providers.map(({ action, assumes }) => [action, assumes?.id])).toEqual([
      ['create', undefined],
      ['update', 'p-1'],
    ]);
  });

  test('is not free for a second change of name: two names cannot be swapped at once', () => {
    const both = stateOf(remembered(), remembered({ key: 'Wiki', id: 'p-2', name: 'Wiki' }));
    const declared = [renamed, declaredProvider({ key: 'Wiki', name: 'Portal' })];
    const { problems } = planOf(declared, { state: both, providers: [tenantProvider(), wiki] });
    expect(problems.map(({ code, hint }) => [code, hint])).toEqual([
      ['name-taken', 'Names change one after the other: apply that "Wiki" becomes "Portal" first, then this one.'],
      ['name-taken', 'Names change one after the other: apply that "Portal" becomes "Wiki" first, then this one.'],
    ]);
  });

  test('is not free for a change of name while the tenant is still deleting it', () => {
    const going = tenantProvider({ id: 'p-2', name: 'Wiki', state: 'DELETING' });
    expect(planOf([renamed], { state, providers: [tenantProvider(), going] }).problems).toMatchObject([
      { code: 'name-taken', hint: 'That one is being deleted: plan again once it is gone.' },
    ]);
  });

  test('is neither taken over nor deleted when its provider is declared under another key', () => {
    const known = tenantProvider({ name: 'New' });
    for (const changes of [{ adopt: true }, { adopt: true, absent: true }]) {
      const declared = [declaredProvider(), declaredProvider({ key: 'new', name: 'New', ...changes })];
      const { providers, problems } = planOf(declared, { state, providers: [known] });
      expect(problems).toEqual([]);
      expect(providers.map(({ action, assumes }) => [action, assumes?.id])).toEqual([
        ['update', 'p-1'],
        [changes.absent === true ? 'none' : 'create', undefined],
      ]);
    }
  });
});

describe('a provider that is remembered under another key', () => {
  const otherKey = stateOf(remembered({ key: 'old-key' }));

  test('is refused, and the key is named', () => {
    const { problems } = planOf([declaredProvider()], { state: otherKey, providers: [tenantProvider()] });
    expect(problems).toMatchObject([
      {
        code: 'not-ours',
        message:
          'A provider "Portal" (p-1) is on the tenant, and it is remembered under the key "old-key", not "Portal".',
        hint: 'Write key: "old-key", or adopt: true to take it over under the new key.',
      },
    ]);
  });

  test('is taken over with what is remembered of it', () => {
    const answered = stateOf(
      remembered({ key: 'old-key', sent: { provisioning: true }, answered: { provisioning: 1 } }),
    );
    const { providers } = planOf([declaredProvider({ adopt: true })], {
      state: answered,
      providers: [tenantProvider({ provisioning: 1 })],
    });
    expect(providers).toMatchObject([{ action: 'none', adopts: true, fields: [] }]);
  });
});

describe('a provider that is declared absent', () => {
  const absent = declaredProvider({ absent: true });

  test('is deleted with its data sources, and that needs to be allowed', () => {
    const dataSources = new Map([
      ['p-1', [{ id: 'd-1', name: 'portal-eu', template: 'application', isDeleting: false }]],
    ]);
    const input = { state, providers: [tenantProvider()], dataSources };
    const { providers } = planOf([absent], input);
    expect(providers).toMatchObject([
      {
        action: 'delete',
        assumes: { id: 'p-1' },
        needsAllowDelete: true,
        checksEndpoint: false,
        reasons: [
          'declared absent',
          'the data sources of "Portal" (p-1) and their entities leave the graph: "portal-eu"',
        ],
      },
    ]);
    expect(planOf([absent], { ...input, allowDelete: true }).providers[0]?.needsAllowDelete).toBe(false);
  });

  test('is deleted only under the name that it has: under another one somebody else may be meant', () => {
    const providers = [tenantProvider({ name: 'Renamed' }), tenantProvider({ id: 'p-2' })];
    expect(planOf([absent], { state, providers })).toMatchObject({
      providers: [],
      problems: [
        {
          code: 'other-name',
          message:
            'What was made from here under the key "Portal" is called "Renamed" on the tenant (p-1), not "Portal".',
          hint: 'Write name: "Renamed" and key: "Portal" to delete that one.',
        },
      ],
    });
    const named = declaredProvider({ key: 'Portal', name: 'Renamed', absent: true });
    expect(planOf([named], { state, providers })).toMatchObject({
      providers: [{ action: 'delete', assumes: { id: 'p-1', name: 'Renamed' } }],
      problems: [],
    });
  });

  test('is nothing to do when it is not there', () => {
    expect(planOf([absent]).providers).toMatchObject([{ action: 'none', forgets: false, reasons: [] }]);
  });

  test('is forgotten when it is gone', () => {
    const plan = planOf([absent], { state });
    expect(plan.providers).toMatchObject([
      { action: 'none', forgets: true, reasons: ['the provider that was made from here (p-1) is gone'] },
    ]);
    expect(isEmptyPlan(plan)).toBe(false);
  });

  test('is nothing to do while the tenant is deleting it', () => {
    const providers = [tenantProvider({ state: 'DELETING' })];
    expect(planOf([absent], { state, providers }).providers).toMatchObject([
      {
        action: 'none',
        forgets: false,
        needsAllowDelete: false,
        reasons: ['the old provider "Portal" (p-1) is still being deleted'],
      },
    ]);
  });

  test('is not deleted when it was not made from here, unless it is taken over', () => {
    const input = { providers: [tenantProvider()] };
    expect(planOf([absent], input).problems).toMatchObject([
      { code: 'not-ours', hint: 'Write adopt: true to delete it; otherwise take the entry out.' },
    ]);
    expect(planOf([{ ...absent, adopt: true }], input).providers).toMatchObject([{ action: 'delete', adopts: true }]);
  });
});

test('what is remembered and no longer declared is left alone, and named once for all', () => {
  const many = Array.from({ length: 12 }, (_, index) =>
    remembered({ key: `k${index}`, id: `i${index}`, name: `N${index}` }),
  );
  const there = many.slice(0, 11).map(({ id, name }) => tenantProvider({ id, name }));
  const { providers, notes } = planOf([], { state: stateOf(...many), providers: there });
  expect(providers).toEqual([]);
  expect(notes).toEqual([
    'Remembered, in none of these manifests, and left alone: "N0", "N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8", "N9", 1 more. To delete one, declare it absent.',
  ]);
});

test('all problems come at once, those of secrets among them', () => {
  const secretProblem = { code: 'secret-unreadable', provider: 'c', place, message: 'm', hint: 'h' } as const;
  const providers = [tenantProvider({ id: '1', name: 'a' }), tenantProvider({ id: '2', name: 'b' })];
  const declared = [declaredProvider({ name: 'a' }), declaredProvider({ name: 'b' })];
  const { problems } = planOf(declared, { providers, secretProblems: [secretProblem] });
  expect(problems.map(({ provider, code }) => [provider, code])).toEqual([
    ['a', 'not-ours'],
    ['b', 'not-ours'],
    ['c', 'secret-unreadable'],
  ]);
});
