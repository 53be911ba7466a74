import { type Diagnostic, hasErrors, InputError, validate, type WireApplicationPayload } from '@oaa-kit/oaa';
import type { AttributeMapping } from '../attributes/attribute-mapping.ts';
import type { ResourceKind } from '../directory/directory.ts';
import type { Pair, PublicationSnapshot, PublicationState, PublicationStore } from '../directory/publications.ts';
import { Projection, type ProjectionResult } from '../projection/projection.ts';
import { PublishedKeys } from '../projection/published-keys.ts';
import type { QuarantinedValue } from '../projection/quarantine.ts';
import { localiseDiagnostic } from './localise.ts';

/** A payload that is ready to be pushed. */
export interface PreparedPayload {
  readonly pair: Pair;
  readonly payload: WireApplicationPayload;
  /** All that is left out by itself, with what was found now. */
  readonly quarantine: readonly QuarantinedValue[];
  readonly diagnostics: readonly Diagnostic[];
  readonly diagnosticCount: number;
}

/**
 * Reads one moment of an organization, projects it, and validates it. Values that do not validate are left out by themselves.
 *
 * @returns undefined before the first base
 * @throws InputError `payload-invalid` when errors are left that no value can be left out for
 */
export function preparePayload(
  store: PublicationStore,
  organization: string,
  mapping: Readonly<Record<ResourceKind, AttributeMapping>>,
  quarantine: PublicationState['quarantine'],
): Promise<PreparedPayload | undefined> {
  return store.snapshot(organization, async (snapshot) => {
    // What was wrong with one base need not be wrong with the next.
    const known = quarantine?.generation === snapshot.pair.generation ? quarantine.values : [];
    const first = await projectSnapshot(snapshot, mapping, known);
    const errors = errorsOf(first.payload);
    if (errors.length === 0) return { pair: snapshot.pair, ...first, quarantine: known };
    const found = errors.map((error) => localiseDiagnostic(error, first.payload));
    const values = [...known, ...found.filter((value) => value !== undefined)];
    const second = found.includes(undefined) ? first : await projectSnapshot(snapshot, mapping, values);
    const left = errorsOf(second.payload);
    if (left.length === 0) return { pair: snapshot.pair, ...second, quarantine: values };
    throw new InputError('payload-invalid', `The projection does not validate: ${left[0]?.message}`, {
      diagnostics: left,
    });
  });
}

/** What one moment of an organization is published as. */
export async function projectSnapshot(
  snapshot: PublicationSnapshot,
  mapping: Readonly<Record<ResourceKind, AttributeMapping>>,
  quarantine: readonly QuarantinedValue[],
): Promise<ProjectionResult> {
  const keys = new PublishedKeys();
  for await (const part of snapshot.links()) for (const link of part) keys.add(link);
  const { payload, linking, asExtracted } = snapshot.base;
  // It was validated when it was accepted.
  const base = payload as WireApplicationPayload;
  const projection = new Projection({ base, linking, asExtracted, keys, mapping, quarantine });
  for await (const part of snapshot.groups((id, version) => projection.isAsExtracted('Group', id, version))) {
    for (const { id, resource, groupIds } of part) {
      if (resource === undefined) projection.addAsExtracted('Group', id, groupIds);
      else projection.addGroup(resource, groupIds);
    }
  }
  for await (const part of snapshot.users((id, version) => projection.isAsExtracted('User', id, version))) {
    for (const { id, resource, groupIds } of part) {
      if (resource === undefined) projection.addAsExtracted('User', id, groupIds);
      else projection.addUser(resource, groupIds);
    }
  }
  return projection.finish();
}

function errorsOf(payload: WireApplicationPayload): readonly Diagnostic[] {
  const diagnostics = validate(payload);
  return hasErrors(diagnostics) ? diagnostics.filter(({ severity }) => severity === 'error') : [];
}
