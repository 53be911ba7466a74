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

/** The idempotency key of that operation. */
export function operationKey({ id, done }: Pick<Intent, 'id' | 'done'>): string {
  return `${id}.${done + 1}`;
}
