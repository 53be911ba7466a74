import { foldKey } from '@oaa-kit/oaa';
import type { ResourceKind } from '../directory/directory.ts';
import type { MemberRow } from './kind-projection.ts';

/** Something that the tenant does not take, and that is left out so that all else is published: a property, never a user. */
export interface QuarantinedValue {
  readonly kind: ResourceKind;
  /** Key of the user or group in the payload; null: of all of them. */
  readonly key: string | null;
  /** A key of the row that may be missing (`email`), or `custom_properties.` and a name. */
  readonly attribute: string;
  /** What was said against it. */
  readonly reason: string;
}

const propertyPrefix = 'custom_properties.';

/** What has to be there for somebody to be published at all, or says who has access to what. */
const indispensable: ReadonlySet<string> = new Set(['id', 'name', 'groups', 'access_creds', 'identities', 'is_active']);

/** Whether an attribute can be left out without making somebody else, or other access, of the row. */
export function canBeLeftOut(attribute: string): boolean {
  return attribute.startsWith(propertyPrefix) || (!indispensable.has(attribute) && attribute !== 'custom_properties');
}

/** Leaves out what is quarantined. */
export class Quarantine {
  readonly isEmpty: boolean;
  readonly #values: readonly QuarantinedValue[];
  /** Attributes by kind and folded key; `*` in place of a key for all. */
  readonly #attributes = new Map<string, string[]>();

  constructor(values: readonly QuarantinedValue[]) {
    this.#values = values.filter(({ attribute }) => canBeLeftOut(attribute));
    this.isEmpty = this.#values.length === 0;
    for (const { kind, key, attribute } of this.#values) {
      const place = placeOf(kind, key);
      this.#attributes.set(place, [...(this.#attributes.get(place) ?? []), attribute]);
    }
  }

  /** Names of custom properties that nobody of the kind has any more: their definition is left out, too. */
  properties(kind: ResourceKind): ReadonlySet<string> {
    const names = this.#values
      .filter((one) => one.kind === kind && one.key === null && one.attribute.startsWith(propertyPrefix))
      .map(({ attribute }) => foldKey(attribute.slice(propertyPrefix.length)));
    return new Set(names);
  }

  applyTo<Row extends MemberRow>(kind: ResourceKind, row: Row, key: string): Row {
    const attributes = [placeOf(kind, null), placeOf(kind, key)].flatMap((place) => this.#attributes.get(place) ?? []);
    return attributes.reduce(without, row);
  }
}

function placeOf(kind: ResourceKind, key: string | null): string {
  return key === null ? `${kind} *` : `${kind} =${foldKey(key)}`;
}

function without<Row extends MemberRow>(row: Row, attribute: string): Row {
  if (!attribute.startsWith(propertyPrefix)) {
    if (!Object.hasOwn(row, attribute)) return row;
    return Object.fromEntries(Object.entries(row).filter(([name]) => name !== attribute)) as unknown as Row;
  }
  const { custom_properties: properties, ...rest } = row;
  const unwanted = foldKey(attribute.slice(propertyPrefix.length));
  const left = Object.entries(properties ?? {}).filter(([name]) => foldKey(name) !== unwanted);
  if (left.length === Object.keys(properties ?? {}).length) return row;
  return (left.length === 0 ? rest : { ...rest, custom_properties: Object.fromEntries(left) }) as unknown as Row;
}
