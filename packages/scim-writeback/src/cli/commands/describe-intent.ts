import type { ApplicationOperation, Intent, ResourceSnapshot } from '../../directory/write-back.ts';

/** So many members are named where people read them. */
const namedMembers = 5;

/** What an operation asks of the application, in a line. */
export function describeOperation(operation: ApplicationOperation): string {
  if (!('members' in operation)) return `${operation.type} ${nameOf(resourceOf(operation))}`;
  const names = operation.members.slice(0, namedMembers).map(({ name, id }) => name ?? id);
  const more = operation.members.length - names.length;
  const group = nameOf(operation.group);
  return `${operation.type} ${group}: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** The operation at which an intent is; undefined where all are done. */
export function describeCurrent({ operations, done }: Intent): string {
  const operation = operations[done];
  return operation === undefined ? 'all done; not written yet' : describeOperation(operation);
}

/** An intent without the resources that it is about, which may be long. */
export function summariseIntent(intent: Intent) {
  const { operations, digest, owner, ...summary } = intent;
  return { ...summary, operations: operations.length, current: describeCurrent(intent) };
}

function resourceOf(operation: Exclude<ApplicationOperation, { members: unknown }>): ResourceSnapshot {
  return 'before' in operation ? operation.before : operation.after;
}

function nameOf({ kind, attributes, id }: ResourceSnapshot): string {
  const name = kind === 'User' ? attributes.userName : attributes.displayName;
  return typeof name === 'string' ? name : id;
}
