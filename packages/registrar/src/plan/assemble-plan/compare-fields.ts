import { own, sameJson } from '../../json.ts';
import type { DeclaredProvider, JsonValue } from '../../manifest/declared-provider.ts';
import type { RememberedProvider } from '../../state/registrar-state.ts';
import type { PlannedField, SecretChange } from '../plan.ts';
import type { TenantProvider } from './tenant-view.ts';
import {
  declaredFields,
  declaresConfiguration,
  isOfConfiguration,
  shownConfiguration,
  shownFields,
  templateField,
  valueUnder,
  type WireFields,
  wireField,
} from './wire-fields.ts';

/** What is known of the secrets of a provider by path, from what the state remembers of them. */
export type KnownSecrets = ReadonlyMap<string, SecretKnowledge>;

/** `unknown`: nothing is remembered of it; `unreadable`: there is nothing to compare what is remembered with. */
export type SecretKnowledge = 'unchanged' | 'changed' | 'unknown' | 'unreadable';

/** Everything that a provider is compared with. */
interface Comparison {
  readonly declared: DeclaredProvider;
  readonly provider: TenantProvider;
  readonly remembered: RememberedProvider | undefined;
  readonly secretPaths: ReadonlySet<string>;
  readonly wanted: WireFields;
  readonly shown: WireFields;
}

function plainField(path: string, before: JsonValue | undefined, after: JsonValue | undefined): PlannedField {
  return { path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}

function wasSecret(path: string, { secrets }: RememberedProvider): boolean {
  return secrets.some((secret) => secret.path === path);
}

/** Whether what is to be sent under a path is what was sent last, as far as the state tells. */
function isAsSent(path: string, { remembered, wanted, secretPaths }: Comparison): boolean {
  if (remembered === undefined || wasSecret(path, remembered) !== secretPaths.has(path)) return false;
  return secretPaths.has(path) || sameJson(own(remembered.sent, path) as JsonValue | undefined, wanted.get(path));
}

/** As declared, or as the tenant answered to the very same. */
function isInPlace(path: string, comparison: Comparison): boolean {
  const { remembered, wanted, shown } = comparison;
  const there = shown.get(path) ?? null;
  // What was sent and is never shown must be sent again to be taken out.
  const wasSent = remembered !== undefined && (Object.hasOwn(remembered.sent, path) || wasSecret(path, remembered));
  if (sameJson(wanted.get(path) ?? null, there) && (wanted.has(path) || !wasSent)) return true;
  const answered = remembered === undefined ? undefined : own(remembered.answered, path);
  return answered !== undefined && isAsSent(path, comparison) && sameJson(answered as JsonValue, there);
}

/** Secrets of which nothing is remembered: new where the tenant has none. */
function unknownSecret(path: string, { shown, provider, remembered }: Comparison): SecretChange {
  if (valueUnder(path, shown) !== undefined) return 'unknown';
  const showsOthers = !isOfConfiguration(path) || shownConfiguration(provider.shown) !== undefined;
  return showsOthers || remembered !== undefined ? 'new' : 'unknown';
}

function secretField(path: string, known: KnownSecrets, comparison: Comparison): readonly PlannedField[] {
  const knowledge = known.get(path) ?? 'unknown';
  if (knowledge === 'changed' || knowledge === 'unreadable') return [{ path, secret: knowledge }];
  if (knowledge === 'unknown') return [{ path, secret: unknownSecret(path, comparison) }];
  // One inside an object is looked at together with the object.
  return !comparison.wanted.has(path) || isInPlace(path, comparison) ? [] : [{ path, secret: 'new' }];
}

/** Paths that concern the manifest, as it has them; then, in their order, what is there besides. */
function pathsOf({ declared, remembered, wanted, shown }: Comparison): readonly string[] {
  const sent = [...Object.keys(remembered?.sent ?? {}), ...(remembered?.secrets.map(({ path }) => path) ?? [])];
  const others = [...shown.keys(), ...sent].filter((path) => isOfConfiguration(path) && !wanted.has(path));
  return [...wanted.keys(), ...(declaresConfiguration(declared) ? [...new Set(others)].sort() : [])];
}

/** The icon is never shown: the state alone tells which one was sent. */
function iconField({ icon }: DeclaredProvider, remembered: RememberedProvider | undefined): readonly PlannedField[] {
  if (icon === undefined || icon.sha256 === remembered?.iconSha256) return [];
  return [plainField('icon', remembered?.iconSha256, icon.sha256)];
}

/** The fields of a provider that are not as declared, and only these; payload templates are another matter. */
export function differingFields(
  declared: DeclaredProvider,
  provider: TenantProvider,
  remembered: RememberedProvider | undefined,
  known: KnownSecrets,
): readonly PlannedField[] {
  const secretPaths = new Set(declared.secrets.map(({ path }) => path));
  const hidden = new Set([...secretPaths, ...(remembered?.secrets.map(({ path }) => path) ?? [])]);
  const wanted = declaredFields(declared);
  const shown = shownFields(declared, provider.shown, hidden);
  const comparison = { declared, provider, remembered, secretPaths, wanted, shown };
  const template = templateField(declared);
  const plain = pathsOf(comparison)
    .filter((path) => path !== template && !secretPaths.has(path) && !isInPlace(path, comparison))
    .map((path) => plainField(path, shown.get(path), wanted.get(path)));
  const secrets = declared.secrets.flatMap(({ path }) => secretField(path, known, comparison));
  return [...plain, ...secrets, ...iconField(declared, remembered)];
}

/** All that a new provider gets. */
export function newFields(declared: DeclaredProvider): readonly PlannedField[] {
  const secretPaths = new Set(declared.secrets.map(({ path }) => path));
  return [
    ...[...declaredFields(declared)]
      .filter(([path]) => !secretPaths.has(path))
      .map(([path, value]) => plainField(path, undefined, value)),
    ...declared.secrets.map(({ path }): PlannedField => ({ path, secret: 'new' })),
    ...iconField(declared, undefined),
  ];
}

/** Wire fields that were sent once and are no longer in the manifest: the tenant keeps them. */
export function abandonedFields(
  declared: DeclaredProvider,
  remembered: RememberedProvider | undefined,
): readonly string[] {
  if (remembered === undefined) return [];
  const kept = new Set(['custom_template', 'custom_templates', ...[...declaredFields(declared).keys()].map(wireField)]);
  if (declaresConfiguration(declared)) kept.add('configuration_json');
  const sent = [...Object.keys(remembered.sent), ...remembered.secrets.map(({ path }) => path)].map(wireField);
  const icon = declared.icon === undefined && remembered.iconSha256 !== undefined ? ['icon'] : [];
  return [...new Set([...sent.filter((field) => !kept.has(field)), ...icon])].sort();
}
