/**
 * A statement of an application that joins the transaction of the directory has ended that transaction. Nothing that was in
 * it has been done.
 */
export class TransactionEndedError extends Error {
  /** @param cause what the database said to the statement */
  constructor(cause: unknown) {
    super(
      'A statement of the adapter has ended the transaction of the directory (ROLLBACK); nothing was done. Let statements that fail only fail: ABORT in the place of ROLLBACK, in the statement, the table and its triggers.',
      { cause },
    );
  }
}
