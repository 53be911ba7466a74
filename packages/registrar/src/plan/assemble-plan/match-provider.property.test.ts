import fc from 'fast-check';
import { expect, test } from 'vitest';
import { declaredProvider, planOf, remembered, stateOf, tenantProvider } from '../test-support.ts';

const name = fc.constantFrom('A', 'B', 'C');
const id = fc.constantFrom('1', '2', '3', '4');

const tenants = fc
  .uniqueArray(fc.record({ id, name, state: fc.constantFrom('ENABLED', 'DISABLED', 'DELETING') }), {
    selector: (provider) => provider.id,
    maxLength: 4,
  })
  .map((providers) => providers.map(tenantProvider));

const states = fc
  .uniqueArray(fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd'), id, name }), {
    comparator: (one, other) => one.key === other.key || one.id === other.id,
    maxLength: 4,
  })
  .map((entries) => stateOf(...entries.map(remembered)));

const manifests = fc
  .uniqueArray(
    fc.record({
      key: fc.constantFrom('a', 'b', 'c'),
      name,
      adopt: fc.boolean(),
      absent: fc.boolean(),
      templates: fc.constantFrom(['application'], ['hris']),
    }),
    { comparator: (one, other) => one.key === other.key || one.name === other.name, maxLength: 3 },
  )
  .map((entries) => entries.map(declaredProvider));

test('a plan touches only what is its own: remembered under the key, or of the name and to be adopted', () => {
  fc.assert(
    fc.property(manifests, states, tenants, fc.boolean(), (declared, state, providers, allowDelete) => {
      const plan = planOf(declared, { state, providers, allowDelete });
      for (const { action, declared: wanted, assumes, adopts, needsAllowDelete } of plan.providers) {
        const entry = state.providers.find((one) => one.id === assumes?.id);
        const isOwn = entry !== undefined && entry.key === wanted.key;
        const isAdopted = adopts && wanted.adopt && assumes?.name === wanted.name;
        const destroys = action === 'delete' || action === 'replace';
        if (action === 'update' || destroys) expect(isOwn || isAdopted).toBe(true);
        if (action === 'update' || destroys) expect(assumes?.state).not.toBe('DELETING');
        if (action === 'create') expect(assumes?.state ?? 'DELETING').toBe('DELETING');
        expect(needsAllowDelete).toBe(destroys && !allowDelete);
        expect(wanted.absent && action !== 'delete').toBe(wanted.absent && action === 'none');
      }
    }),
    { numRuns: 1_000 },
  );
});

test('every declared provider has its place in the plan or a problem, and none of the tenant is in two places', () => {
  fc.assert(
    fc.property(manifests, states, tenants, (declared, state, providers) => {
      const plan = planOf(declared, { state, providers });
      const names = [
        ...plan.providers.map((planned) => planned.declared.name),
        ...plan.problems.map((one) => one.provider),
      ];
      expect(names.toSorted()).toEqual(declared.map((one) => one.name).toSorted());
      const ids = plan.providers.flatMap(({ action, assumes }) =>
        assumes === undefined || action === 'create' || action === 'none' ? [] : [assumes.id],
      );
      expect(new Set(ids).size).toBe(ids.length);
    }),
    { numRuns: 1_000 },
  );
});

test('after a plan without problems no two providers have a name in common that had none before', () => {
  fc.assert(
    fc.property(manifests, states, tenants, (declared, state, all) => {
      const live = all.filter((provider) => provider.state !== 'DELETING');
      const hasDoubles = new Set(live.map((provider) => provider.name)).size < live.length;
      const plan = planOf(declared, { state, providers: all });
      fc.pre(!hasDoubles && plan.problems.length === 0);
      const names = new Map(live.map((provider) => [provider.id, provider.name]));
      for (const [index, { action, assumes, declared: wanted }] of plan.providers.entries()) {
        if (action === 'delete') names.delete(assumes?.id ?? '');
        else if (action === 'update' || action === 'replace') names.set(assumes?.id ?? '', wanted.name);
        else if (action === 'create') names.set(`new-${index}`, wanted.name);
      }
      expect(new Set(names.values()).size).toBe(names.size);
    }),
    { numRuns: 1_000 },
  );
});
