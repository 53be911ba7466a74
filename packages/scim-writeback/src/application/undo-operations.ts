import type { ApplicationOperation } from '../directory/write-back.ts';

/**
 * The operations that take back others, the last one first. Undefined where one of them cannot be taken back: what is
 * deleted comes back as something else.
 */
export function undoOperations(done: readonly ApplicationOperation[]): readonly ApplicationOperation[] | undefined {
  const undoing: ApplicationOperation[] = [];
  for (const operation of done.toReversed()) {
    const inverse = inverseOf(operation);
    if (inverse === undefined) return undefined;
    undoing.push(inverse);
  }
  return undoing;
}

function inverseOf(operation: ApplicationOperation): ApplicationOperation | undefined {
  switch (operation.type) {
    case 'create-user':
      return { type: 'delete-user', before: operation.after };
    case 'create-group':
      return { type: 'delete-group', before: operation.after };
    case 'update-user':
    case 'update-group':
      return { type: operation.type, before: operation.after, after: operation.before };
    case 'deactivate-user':
      return { type: 'reactivate-user', before: operation.after, after: operation.before };
    case 'reactivate-user':
      return { type: 'deactivate-user', before: operation.after, after: operation.before };
    case 'add-members':
      return { ...operation, type: 'remove-members' };
    case 'remove-members':
      return { ...operation, type: 'add-members' };
    case 'delete-user':
    case 'delete-group':
      return undefined;
  }
}
