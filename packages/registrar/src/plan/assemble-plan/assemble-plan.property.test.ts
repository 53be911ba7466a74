import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DeclaredProvider, JsonRecord, JsonValue } from '../../manifest/declared-provider.ts';
import {
  declaredProvider,
  planOf,
  remembered,
  rememberedSecret,
  secretAt,
  stateOf,
  tenantProvider,
} from '../test-support.ts';
import type { KnownSecrets } from './compare-fields.ts';
import type { TenantProvider } from './tenant-view.ts';
import { declaredFields, rememberedFields } from './wire-fields.ts';

const key = fc.constantFrom('scim_url', 'users_endpoint', 'flag', 'headers', '__proto__', 'toString');
const scalar = fc.oneof(
  fc.constantFrom('', 'a', 'b', '(secret)'),
  fc.boolean(),
  fc.integer({ min: 0, max: 2 }),
  fc.constant(null),
);
const value: fc.Arbitrary<JsonValue> = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 2 }),
  fc.dictionary(fc.constantFrom('x', 'y'), scalar, { maxKeys: 2 }),
);
const record = (keys: fc.Arbitrary<string>): fc.Arbitrary<JsonRecord> => fc.dictionary(keys, value, { maxKeys: 4 });
const field = fc.constantFrom('provisioning', 'external_lifecycle_management_type', 'push_type', 'options');
const secretPaths = fc.subarray(['configuration_json.scim_token', 'configuration_json.headers.auth', 'agent_key']);

const declaredProviders: fc.Arbitrary<DeclaredProvider> = fc
  .record({
    fields: record(field),
    configuration: fc.option(record(key), { nil: undefined }),
    paths: secretPaths,
  })
  .map(({ fields, configuration, paths }) =>
    declaredProvider({ fields, configuration, secrets: paths.map((path) => secretAt(path)) }),
  );

/** What a tenant may show: anything, `configuration_json` as text, object, garbage or not at all. */
const shownFieldsOfTenant: fc.Arbitrary<Readonly<Record<string, unknown>>> = fc
  .record({
    fields: record(field),
    configuration: fc.option(record(key), { nil: undefined }),
    form: fc.constantFrom('text', 'object', 'garbage', 'nothing'),
  })
  .map(({ fields, configuration, form }) => {
    const forms = {
      text: JSON.stringify(configuration ?? {}),
      object: configuration,
      garbage: '{"',
      nothing: undefined,
    };
    return { provisioning: undefined, ...fields, configuration_json: forms[form] };
  });

function unchangedSecrets({ key: name, secrets }: DeclaredProvider): ReadonlyMap<string, KnownSecrets> {
  return new Map([[name, new Map(secrets.map(({ path }) => [path, 'unchanged' as const]))]]);
}

/** The state after an apply of `declared` that the tenant answered with `shown`. */
function stateAfter(declared: DeclaredProvider, shown: TenantProvider) {
  const { name, secrets } = declared;
  const known = secrets.map(({ path }) => rememberedSecret(path));
  return stateOf(remembered({ key: name, name, ...rememberedFields(declared, shown.shown), secrets: known }));
}

/** How a faithful tenant shows a provider that was sent as declared. */
function shownAsDeclared(declared: DeclaredProvider): TenantProvider {
  const entries = [...declaredFields(declared)].filter(([path]) => !path.startsWith('configuration_json.'));
  const configuration = [...declaredFields(declared)]
    .filter(([path]) => path.startsWith('configuration_json.'))
    .map(([path, item]) => [path.slice('configuration_json.'.length), item]);
  return tenantProvider({
    provisioning: undefined,
    ...Object.fromEntries(entries),
    configuration_json: JSON.stringify(Object.fromEntries(configuration)),
  });
}

describe('laws of a plan', () => {
  test('what is shown as declared is nothing to do, whether or not the state remembers its answer', () => {
    fc.assert(
      fc.property(declaredProviders, fc.boolean(), (declared, hasAnswer) => {
        const shown = shownAsDeclared(declared);
        const state = hasAnswer
          ? stateAfter(declared, shown)
          : stateOf(remembered({ secrets: declared.secrets.map(({ path }) => rememberedSecret(path)) }));
        const plan = planOf([declared], { state, providers: [shown], secrets: unchangedSecrets(declared) });
        expect(plan.providers[0]).toMatchObject({ action: 'none', fields: [] });
      }),
    );
  });

  test('whatever a tenant answers to what was sent is nothing to do when it answers it again', () => {
    fc.assert(
      fc.property(declaredProviders, shownFieldsOfTenant, (declared, fields) => {
        const shown = tenantProvider(fields);
        const state = stateAfter(declared, shown);
        const plan = planOf([declared], { state, providers: [shown], secrets: unchangedSecrets(declared) });
        expect(plan.providers[0]).toMatchObject({ action: 'none', fields: [] });
      }),
    );
  });

  test('the fields are those that are not as shown, and no others, where nothing is remembered', () => {
    fc.assert(
      fc.property(declaredProviders, declaredProviders, (declared, other) => {
        const shown = shownAsDeclared(other);
        const secrets = unchangedSecrets(declared);
        const [planned] = planOf([declared], { state: stateOf(remembered()), providers: [shown], secrets }).providers;
        const wanted = new Map(declaredFields(declared));
        const all = declaredFields(other);
        const declares =
          declared.configuration !== undefined || declared.secrets.some(({ path }) => path.startsWith('conf'));
        const expected = new Set<string>();
        for (const path of new Set([...wanted.keys(), ...all.keys()])) {
          const isCompared = wanted.has(path) || (declares && path.startsWith('configuration_json.'));
          const [one, two] = [wanted.get(path) ?? null, masked(path, all.get(path) ?? null, declared)];
          if (isCompared && canonical(one) !== canonical(two)) expected.add(path);
        }
        expect(new Set(planned?.fields.map(({ path }) => path))).toEqual(expected);
      }),
    );
  });

  test('every change of what is declared is a difference, whatever form the tenant answers in', () => {
    fc.assert(
      fc.property(declaredProviders, declaredProviders, shownFieldsOfTenant, (declared, other, fields) => {
        const shown = tenantProvider(fields);
        const state = stateAfter(other, shown);
        const secrets = unchangedSecrets(declared);
        const [planned] = planOf([declared], { state, providers: [shown], secrets }).providers;
        const found = new Set(planned?.fields.map(({ path }) => path));
        const before = declaredFields(other);
        for (const [path, after] of declaredFields(declared)) {
          const isSecret = declared.secrets.some((secret) => secret.path === path);
          const there = shownValue(fields, path);
          const changed = canonical(before.get(path) ?? null) !== canonical(after);
          if (changed && !isSecret && !holdsSecret(path, declared, other) && canonical(there) !== canonical(after)) {
            expect(found).toContain(path);
          }
        }
      }),
    );
  });

  test('the same input gives the same plan, and the order of what was read does not matter', () => {
    fc.assert(
      fc.property(declaredProviders, shownFieldsOfTenant, (declared, fields) => {
        const others = ['a', 'b', 'c'].map((name) => tenantProvider({ id: name, name }));
        const shown = tenantProvider(fields);
        const reversed = { ...shown, shown: Object.fromEntries(Object.entries(shown.shown).toReversed()) };
        const state = stateOf(remembered());
        const one = planOf([declared], { state, providers: [shown, ...others] });
        const two = planOf([declared], { state, providers: [...others.toReversed(), reversed] });
        expect(JSON.stringify(two)).toBe(JSON.stringify(one));
      }),
    );
  });
});

/** JSON text with the keys of objects in order. */
function canonical(value_: JsonValue): string {
  return JSON.stringify(value_, (_, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([one], [two]) => (one < two ? -1 : 1)))
      : item,
  );
}

/** What is shown of a value once the secret in it is hidden. */
function masked(path: string, shown: JsonValue, declared: DeclaredProvider): JsonValue {
  if (shown === '' || shown === null) return shown;
  if (declared.secrets.some((secret) => secret.path === path)) return '(secret)';
  const hasAuth =
    path === 'configuration_json.headers' && declared.secrets.some(({ path: secret }) => secret.endsWith('.auth'));
  const hides = hasAuth && typeof shown === 'object' && !Array.isArray(shown) && Object.hasOwn(shown, 'auth');
  return hides ? { ...(shown as JsonRecord), auth: '(secret)' } : shown;
}

function holdsSecret(path: string, ...providers: readonly DeclaredProvider[]): boolean {
  return providers.some(({ secrets }) => secrets.some((secret) => secret.path.startsWith(path)));
}

function shownValue(fields: Readonly<Record<string, unknown>>, path: string): JsonValue {
  const own = (from: unknown, name: string): JsonValue =>
    typeof from === 'object' && from !== null && Object.hasOwn(from, name)
      ? (((from as Record<string, unknown>)[name] ?? null) as JsonValue)
      : null;
  if (!path.startsWith('configuration_json.'))
    return path === 'name' ? 'Portal' : path === 'custom_template' ? 'application' : own(fields, path);
  const { configuration_json: shown } = fields;
  if (shown === '{"') return null;
  const configuration: unknown = typeof shown === 'string' ? JSON.parse(shown) : shown;
  return own(configuration, path.slice('configuration_json.'.length));
}
