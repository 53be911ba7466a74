import type { DocumentPath, PositionedDocument } from '@oaa-kit/oaa/settings';
import { isRecord } from '../json.ts';

type Values = Readonly<Record<string, unknown>>;

/** RFC 7396: objects are merged, `null` takes a member out, everything else is replaced. */
function merge(base: unknown, overrides: unknown): unknown {
  if (!isRecord(overrides)) return overrides;
  const from: Values = isRecord(base) ? base : {};
  const kept = Object.entries(from).filter(([key]) => !Object.hasOwn(overrides, key));
  const changed = Object.entries(overrides)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => [key, merge(Object.hasOwn(from, key) ? from[key] : undefined, value)] as const);
  return Object.fromEntries([...kept, ...changed]);
}

/** Whether what is at a path after merging stands in the overrides: there, or in something that they replace. */
function isOverridden(overrides: unknown, path: DocumentPath): boolean {
  let value = overrides;
  for (const segment of path) {
    if (!isRecord(value)) return true;
    if (!Object.hasOwn(value, segment)) return false;
    value = value[segment];
  }
  return true;
}

/** The names of the environments of a document. */
export function environmentsOf({ value }: PositionedDocument): readonly string[] {
  const environments = isRecord(value) && Object.hasOwn(value, 'environments') ? value.environments : undefined;
  return isRecord(environments) ? Object.keys(environments) : [];
}

/** A key belongs to its tenant: where another one is named, the key of the first is not for it. */
function withoutOtherTenant(base: Values, overrides: unknown): Values {
  const tenant = isRecord(overrides) ? overrides.tenant : undefined;
  if (!isRecord(tenant) || !Object.hasOwn(tenant, 'url')) return base;
  const { tenant: _, ...rest } = base;
  return rest;
}

/**
 * A document as it is in one environment, or, without one, without what it says of environments. Places are those where
 * each part really stands.
 */
export function inEnvironment(document: PositionedDocument, environment: string | undefined): PositionedDocument {
  if (!isRecord(document.value)) return document;
  const { environments, ...base } = document.value;
  const named = isRecord(environments) ? environments : {};
  if (environment === undefined || !Object.hasOwn(named, environment)) return { ...document, value: base };
  const overrides = named[environment] ?? {};
  return {
    file: document.file,
    value: merge(withoutOtherTenant(base, overrides), overrides),
    positionOf: (path, part) =>
      path.length > 0 && isOverridden(overrides, path)
        ? document.positionOf(['environments', environment, ...path], part)
        : document.positionOf(path, part),
  };
}

/** Whether a field of a merged document comes from its environment. */
export function isFromEnvironment(document: PositionedDocument, environment: string | undefined, key: string): boolean {
  if (environment === undefined || !isRecord(document.value)) return false;
  const { environments } = document.value;
  const overrides = isRecord(environments) && Object.hasOwn(environments, environment) ? environments[environment] : {};
  return isRecord(overrides) && Object.hasOwn(overrides, key);
}
