import type { ApplicationOperation } from '../directory/write-back.ts';
import type { AdapterAnswer, AdapterCall, ApplicationAdapter, ProbeAnswer } from './adapter.ts';
import { OperationMethods } from './operation-methods.ts';

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
export abstract class CustomAdapter extends OperationMethods<AdapterCall, AdapterAnswer> implements ApplicationAdapter {
  abstract readonly name: string;
  readonly repeatable: boolean = false;
  readonly maxMembersPerOperation?: number | undefined;

  /** See `ApplicationAdapter.probe`. */
  probe?(operation: ApplicationOperation, call: AdapterCall): Promise<ProbeAnswer>;
  check?(): Promise<void>;
  close?(): Promise<void>;

  apply(operation: ApplicationOperation, call: AdapterCall): Promise<AdapterAnswer> {
    return this.dispatch(operation, call);
  }
}
