import type { ResourceChange, StoredResource } from '../directory/directory.ts';
import { isActive } from '../directory/removals.ts';
import type { IntentRequest } from '../directory/write-back.ts';
import { ScimError } from '../protocol/errors/scim-error.ts';
import { foldCase } from '../protocol/text/fold-case.ts';

/** Says of users whether they are protected, by their user names, whatever the case. */
export function protectedUserNames(names: readonly string[]): (user: StoredResource) => boolean {
  const folded = new Set(names.map(foldCase));
  return ({ attributes }) => folded.has(foldCase(String(attributes.userName)));
}

/**
 * A request that is refused where it would delete, deactivate or rename a protected user: renamed, nobody would know any more
 * that it is protected.
 */
export function withProtection(request: IntentRequest, isProtected: (user: StoredResource) => boolean): IntentRequest {
  if (request.kind !== 'User') return request;
  switch (request.type) {
    case 'create':
      return request;
    case 'delete':
      return {
        ...request,
        check: (current) => {
          request.check(current);
          if (isProtected(current)) throw refusal('deleted');
        },
      };
    case 'update':
      return {
        ...request,
        decide: (current) => {
          const change = request.decide(current);
          if (isProtected(current)) requireHarmless(current, change);
          return change;
        },
      };
  }
}

function requireHarmless({ attributes: before }: StoredResource, { attributes: after = before }: ResourceChange): void {
  if (isActive(before) && !isActive(after)) throw refusal('deactivated');
  if (foldCase(String(before.userName)) !== foldCase(String(after.userName))) throw refusal('renamed');
}

function refusal(what: string): ScimError {
  return new ScimError(403, undefined, `This user is protected here and is not ${what} over SCIM.`);
}
