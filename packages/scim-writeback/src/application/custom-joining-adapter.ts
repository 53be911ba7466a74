import type { ApplicationOperation, SqlTransaction } from '../directory/write-back.ts';
import type { JoiningAdapter, JoiningAnswer } from './joining-adapter.ts';
import { OperationMethods } from './operation-methods.ts';

/**
 * A {@link JoiningAdapter} with one method for each operation, as `CustomAdapter` has them: override those that the
 * application can do.
 *
 * @example
 * export default class Shop extends CustomJoiningAdapter {
 *   readonly name = 'shop';
 *   override async deactivateUser(before: ResourceSnapshot, _after: ResourceSnapshot, { execute }: SqlTransaction) {
 *     const rows = await execute('UPDATE shop_accounts SET enabled = 0 WHERE id = ? RETURNING id', [before.id]);
 *     if (rows.length === 0) return { type: 'refused', kind: 'not-found', reason: 'There is no such account.' } as const;
 *     return { type: 'applied' } as const;
 *   }
 * }
 */
export abstract class CustomJoiningAdapter
  extends OperationMethods<SqlTransaction, JoiningAnswer>
  implements JoiningAdapter
{
  abstract readonly name: string;
  readonly maxMembersPerOperation?: number | undefined;

  check?(): Promise<void>;
  close?(): Promise<void>;

  applyWithin(operation: ApplicationOperation, transaction: SqlTransaction): Promise<JoiningAnswer> {
    return this.dispatch(operation, transaction);
  }
}
