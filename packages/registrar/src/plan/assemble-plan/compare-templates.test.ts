import { describe, expect, test } from 'vitest';
import type { DeclaredProvider } from '../../manifest/declared-provider.ts';
import type { RememberedProvider } from '../../state/registrar-state.ts';
import { declaredProvider, planOf, remembered, scimProvider, stateOf, tenantProvider } from '../test-support.ts';

/** What is planned for a provider that is there. */
function compare(
  declared: DeclaredProvider,
  shown: Readonly<Record<string, unknown>> = {},
  memory: Partial<RememberedProvider> = {},
) {
  const state = stateOf(remembered(memory));
  const { providers, notes } = planOf([declared], { state, providers: [tenantProvider(shown)] });
  return { ...providers[0], notes };
}

describe('payload templates', () => {
  test('that are others replace the provider, which needs to be allowed', () => {
    const declared = declaredProvider({ templates: ['hris'] });
    expect(compare(declared)).toMatchObject({
      action: 'replace',
      needsAllowDelete: true,
      checksEndpoint: false,
      fields: [{ path: 'custom_template', before: 'application', after: 'hris' }],
      reasons: ['payload templates are fixed when a provider is made', '"Portal" (p-1) has no data sources'],
    });
  });

  test('in another order are the same', () => {
    const provider = { ...tenantProvider(), templates: ['hris', 'application'] };
    const declared = declaredProvider({ templates: ['application', 'hris'] });
    const plan = planOf([declared], { state: stateOf(remembered()), providers: [provider] });
    expect(plan.providers).toMatchObject([{ action: 'none' }]);
  });

  test.each([
    ['as a number', 7],
    ['not at all', undefined],
  ])('that are shown %s destroy nothing', (_, shown) => {
    const planned = compare(declaredProvider(), { custom_template: shown });
    expect(planned).toMatchObject({ action: 'none', needsAllowDelete: false });
    expect(planned.notes).toEqual([
      '"Portal": the tenant does not say which payload template it has; it is taken to be as declared.',
    ]);
  });

  test('that are shown as the word that was answered are the same', () => {
    const declared = declaredProvider();
    const memory = { sent: { custom_template: 'application' }, answered: { custom_template: 'APP' } };
    expect(compare(declared, { custom_template: 'APP' }, memory)).toMatchObject({
      action: 'none',
      notes: [],
    });
    expect(compare(declared, { custom_template: 'HRIS' }, memory).action).toBe('replace');
    const other = declaredProvider({ templates: ['hris'] });
    expect(compare(other, { custom_template: 'APP' }, memory).action).toBe('replace');
  });

  test('that are others take all data sources along, and the plan says which are not made again', () => {
    const declared = declaredProvider({
      templates: ['hris'],
      dataSources: [
        { name: 'kept', absent: false },
        { name: 'gone', absent: true },
      ],
    });
    const dataSources = ['kept', 'gone', 'other'].map((name) => ({
      id: name,
      name,
      template: undefined,
      isDeleting: false,
    }));
    const { providers } = planOf([declared], {
      state: stateOf(remembered()),
      providers: [tenantProvider()],
      dataSources: new Map([['p-1', dataSources]]),
      allowDelete: true,
    });
    expect(providers).toMatchObject([
      {
        action: 'replace',
        needsAllowDelete: false,
        dataSources: [{ action: 'create', name: 'kept' }],
        reasons: [
          'payload templates are fixed when a provider is made',
          'the data sources of "Portal" (p-1) and their entities leave the graph: "kept", "gone", "other"',
          'not in the manifest, so not made again: "gone", "other"',
        ],
      },
    ]);
  });

  test('that are others let the endpoint be checked before the old provider goes', () => {
    expect(compare(scimProvider({ templates: ['hris'] }))).toMatchObject({ action: 'replace', checksEndpoint: true });
  });
});
