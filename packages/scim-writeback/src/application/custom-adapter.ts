import type { ApplicationOperation, MemberSnapshot, ResourceSnapshot } from '../directory/write-back.ts';
import type { AdapterAnswer, AdapterCall, ApplicationAdapter, ProbeAnswer } from './adapter.ts';

/**
 * An adapter with one method for each operation: override those that the application can do. What is not overridden is
 * refused, so a client is told that it cannot be done, instead of believing that it was.
 *
 * Answer `{ type: 'applied' }` only when the application has done it. What throws counts as unknown: it is looked up with
 * `probe`, or asked for again where `repeatable` is true.
 *
 * @example
 * export default class Crm extends CustomAdapter {
 *   readonly name = 'crm';
 *   override async deactivateUser(before: ResourceSnapshot): Promise<AdapterAnswer> {
 *     await crm.disable(before.nativeId);
 *     return { type: 'applied' };
 *   }
 * }
 */
export abstract class CustomAdapter implements ApplicationAdapter {
  abstract readonly name: string;
  readonly repeatable: boolean = false;
  readonly maxMembersPerOperation?: number | undefined;

  /** See `ApplicationAdapter.probe`. */
  probe?(operation: ApplicationOperation, call: AdapterCall): Promise<ProbeAnswer>;
  check?(): Promise<void>;
  close?(): Promise<void>;

  createUser(_user: ResourceSnapshot, _call: AdapterCall): Promise<AdapterAnswer> {
    return notSupported('create users');
  }

  /** Everything but whether the user is active. */
  updateUser(_before: ResourceSnapshot, _after: ResourceSnapshot, _call: AdapterCall): Promise<AdapterAnswer> {
    return notSupported('update users');
  }

  deactivateUser(_before: ResourceSnapshot, _after: ResourceSnapshot, _call: AdapterCall): Promise<AdapterAnswer> {
    return notSupported('deactivate users');
  }

  reactivateUser(_before: ResourceSnapshot, _after: ResourceSnapshot, _call: AdapterCall): Promise<AdapterAnswer> {
    return notSupported('reactivate users');
  }

  /** With all memberships of the user. */
  deleteUser(_user: ResourceSnapshot, _call: AdapterCall): Promise<AdapterAnswer> {
    return notSupported('delete users');
  }

  /** Without members: these are added next. */
  createGroup(_group: ResourceSnapshot, _call: AdapterCall): Promise<AdapterAnswer> {
    return notSupported('create groups');
  }

  updateGroup(_before: ResourceSnapshot, _after: ResourceSnapshot, _call: AdapterCall): Promise<AdapterAnswer> {
    return notSupported('update groups');
  }

  /** With all memberships in it, and its own in other groups. */
  deleteGroup(_group: ResourceSnapshot, _call: AdapterCall): Promise<AdapterAnswer> {
    return notSupported('delete groups');
  }

  addMembers(
    _group: ResourceSnapshot,
    _members: readonly MemberSnapshot[],
    _call: AdapterCall,
  ): Promise<AdapterAnswer> {
    return notSupported('add members to groups');
  }

  removeMembers(
    _group: ResourceSnapshot,
    _members: readonly MemberSnapshot[],
    _call: AdapterCall,
  ): Promise<AdapterAnswer> {
    return notSupported('remove members from groups');
  }

  apply(operation: ApplicationOperation, call: AdapterCall): Promise<AdapterAnswer> {
    switch (operation.type) {
      case 'create-user':
        return this.createUser(operation.after, call);
      case 'update-user':
        return this.updateUser(operation.before, operation.after, call);
      case 'deactivate-user':
        return this.deactivateUser(operation.before, operation.after, call);
      case 'reactivate-user':
        return this.reactivateUser(operation.before, operation.after, call);
      case 'delete-user':
        return this.deleteUser(operation.before, call);
      case 'create-group':
        return this.createGroup(operation.after, call);
      case 'update-group':
        return this.updateGroup(operation.before, operation.after, call);
      case 'delete-group':
        return this.deleteGroup(operation.before, call);
      case 'add-members':
        return this.addMembers(operation.group, operation.members, call);
      case 'remove-members':
        return this.removeMembers(operation.group, operation.members, call);
    }
  }
}

async function notSupported(what: string): Promise<AdapterAnswer> {
  return { type: 'refused', reason: `The application does not let others ${what}.`, kind: 'invalid' };
}
