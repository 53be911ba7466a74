import { UsageError } from '@oaa-kit/oaa';
import type { GroupReference, UserReference } from '../../lifecycle/references.ts';

interface ReferenceOptions {
  readonly user: string | undefined;
  readonly 'user-name': string | undefined;
}

interface GroupOptions {
  readonly group: string | undefined;
  readonly 'group-name': string | undefined;
}

function oneOf(id: string | undefined, name: string | undefined, flags: string): void {
  if ((id === undefined) !== (name === undefined)) return;
  throw new UsageError('usage', `Give one of ${flags}.`);
}

/** @throws UsageError unless exactly one is given */
export function userReference({ user: id, 'user-name': userName }: ReferenceOptions): UserReference {
  oneOf(id, userName, '--user and --user-name');
  return id === undefined ? { userName: userName ?? '' } : { id };
}

/** @throws UsageError unless exactly one is given */
export function groupReference({ group: id, 'group-name': displayName }: GroupOptions): GroupReference {
  oneOf(id, displayName, '--group and --group-name');
  return id === undefined ? { displayName: displayName ?? '' } : { id };
}
