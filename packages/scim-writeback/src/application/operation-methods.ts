import type { ApplicationOperation, MemberSnapshot, ResourceSnapshot } from '../directory/write-back.ts';

/** What is said to an operation that an application cannot do. */
export interface NotSupported {
  readonly type: 'refused';
  readonly reason: string;
  readonly kind: 'invalid';
}

/**
 * One method for each operation. What is not overridden is refused.
 *
 * @typeParam Context what each method gets besides
 */
export abstract class OperationMethods<Context, Answer> {
  createUser(_user: ResourceSnapshot, _context: Context): Promise<Answer | NotSupported> {
    return notSupported('create users');
  }

  /** Everything but whether the user is active. */
  updateUser(_before: ResourceSnapshot, _after: ResourceSnapshot, _context: Context): Promise<Answer | NotSupported> {
    return notSupported('update users');
  }

  deactivateUser(
    _before: ResourceSnapshot,
    _after: ResourceSnapshot,
    _context: Context,
  ): Promise<Answer | NotSupported> {
    return notSupported('deactivate users');
  }

  reactivateUser(
    _before: ResourceSnapshot,
    _after: ResourceSnapshot,
    _context: Context,
  ): Promise<Answer | NotSupported> {
    return notSupported('reactivate users');
  }

  /** With all memberships of the user. */
  deleteUser(_user: ResourceSnapshot, _context: Context): Promise<Answer | NotSupported> {
    return notSupported('delete users');
  }

  /** Without members: these are added next. */
  createGroup(_group: ResourceSnapshot, _context: Context): Promise<Answer | NotSupported> {
    return notSupported('create groups');
  }

  updateGroup(_before: ResourceSnapshot, _after: ResourceSnapshot, _context: Context): Promise<Answer | NotSupported> {
    return notSupported('update groups');
  }

  /** With all memberships in it, and its own in other groups. */
  deleteGroup(_group: ResourceSnapshot, _context: Context): Promise<Answer | NotSupported> {
    return notSupported('delete groups');
  }

  addMembers(
    _group: ResourceSnapshot,
    _members: readonly MemberSnapshot[],
    _context: Context,
  ): Promise<Answer | NotSupported> {
    return notSupported('add members to groups');
  }

  removeMembers(
    _group: ResourceSnapshot,
    _members: readonly MemberSnapshot[],
    _context: Context,
  ): Promise<Answer | NotSupported> {
    return notSupported('remove members from groups');
  }

  /** Calls the method of an operation. */
  protected dispatch(operation: ApplicationOperation, context: Context): Promise<Answer | NotSupported> {
    switch (operation.type) {
      case 'create-user':
        return this.createUser(operation.after, context);
      case 'update-user':
        return this.updateUser(operation.before, operation.after, context);
      case 'deactivate-user':
        return this.deactivateUser(operation.before, operation.after, context);
      case 'reactivate-user':
        return this.reactivateUser(operation.before, operation.after, context);
      case 'delete-user':
        return this.deleteUser(operation.before, context);
      case 'create-group':
        return this.createGroup(operation.after, context);
      case 'update-group':
        return this.updateGroup(operation.before, operation.after, context);
      case 'delete-group':
        return this.deleteGroup(operation.before, context);
      case 'add-members':
        return this.addMembers(operation.group, operation.members, context);
      case 'remove-members':
        return this.removeMembers(operation.group, operation.members, context);
    }
  }
}

async function notSupported(what: string): Promise<NotSupported> {
  return { type: 'refused', reason: `The application does not let others ${what}.`, kind: 'invalid' };
}
