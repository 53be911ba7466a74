import type { ApplicationOperation, Intent, ResourceSnapshot } from '../directory/write-back.ts';

/** The operation of an intent that is to be done now, with what the application has told in the course of those before. */
export function nextOperation({ operations, done, resourceId, nativeId }: Intent): ApplicationOperation | undefined {
  const operation = operations[done];
  if (operation === undefined || nativeId === undefined) return operation;
  const known = (resource: ResourceSnapshot): ResourceSnapshot =>
    resource.id === resourceId && resource.nativeId === undefined ? { ...resource, nativeId } : resource;
  switch (operation.type) {
    case 'create-user':
    case 'create-group':
      return operation;
    case 'delete-user':
    case 'delete-group':
      return { ...operation, before: known(operation.before) };
    case 'add-members':
    case 'remove-members':
      return { ...operation, group: known(operation.group) };
    default:
      return { ...operation, before: known(operation.before), after: known(operation.after) };
  }
}

/**
 * The idempotency key of that operation. What takes back has keys of its own: under that of the operation that was refused,
 * an application that remembers its answers would give the refusal again.
 */
export function operationKey({ id, done, refusal }: Pick<Intent, 'id' | 'done' | 'refusal'>): string {
  return refusal === undefined ? `${id}.${done + 1}` : `${id}.undo.${done + 1}`;
}
