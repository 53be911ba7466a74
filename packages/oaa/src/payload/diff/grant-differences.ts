import type { JsonObject } from '../json.ts';
import { canonicalText } from './canonical-text.ts';
import { changedFields } from './changed-fields.ts';
import type { Difference, FieldChange } from './difference.ts';
import { entriesByIdentity, grantsOf, type PlacedGrant } from './identity-grants.ts';
import { isEqual } from './is-equal.ts';
import { paired } from './paired.ts';
import { withoutSecrets } from './without-secrets.ts';

const noKeys: ReadonlySet<string> = new Set();
const field = 'custom_properties';

/** The distinct properties that a grant is listed with. */
function distinctProperties({ properties }: PlacedGrant): readonly JsonObject[] {
  if (properties.length < 2) return properties;
  const distinct = new Map(properties.map((one) => [canonicalText(one), one]));
  return [...distinct.entries()].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, one]) => one);
}

function changedProperties(before: PlacedGrant, after: PlacedGrant): FieldChange[] {
  const from = distinctProperties(before);
  const to = distinctProperties(after);
  if (from.length < 2 && to.length < 2) return changedFields({ [field]: from[0] }, { [field]: to[0] }, noKeys);
  if (canonicalText(from) === canonicalText(to)) return [];
  return [{ field, from: withoutSecrets(field, from), to: withoutSecrets(field, to) }];
}

function placed({ application, grant }: PlacedGrant) {
  return { kind: 'grants', application, ...grant } as const;
}

/** Grants, compared one by one: identity, permission or role, target. */
export function* grantDifferences(before: JsonObject, after: JsonObject): Generator<Difference> {
  for (const [old, current] of paired(entriesByIdentity(before), entriesByIdentity(after))) {
    if (isEqual(old, current)) continue;
    for (const [from, to] of paired(grantsOf(old ?? []), grantsOf(current ?? []))) {
      if (from === undefined) yield { ...placed(to), change: 'added' };
      else if (to === undefined) yield { ...placed(from), change: 'removed' };
      else {
        const fields = changedProperties(from, to);
        if (fields.length > 0) yield { ...placed(to), change: 'changed', fields };
      }
    }
  }
}
