import assert from 'node:assert/strict';
import type { ApplicationOperation, SqlTransaction } from '../../directory/write-back.ts';
import type { AdapterAnswer, ApplicationAdapter } from '../adapter.ts';
import type { JoiningAdapter } from '../joining-adapter.ts';
import { readAnswer } from '../read-answer.ts';
import { type ApplicationView, newCall, trialOf } from './adapter-law.ts';
import { effectLaws } from './effect-laws.ts';
import { operationTypes, refusalLaws, scenes } from './repetition-laws.ts';

/** An adapter that joins transactions, on an application that holds nothing yet. */
export interface JoiningAdapterUnderTest {
  readonly adapter: JoiningAdapter;
  /** Runs a statement on one connection to the database of the application, which nobody else uses; also BEGIN and ROLLBACK. */
  readonly execute: SqlTransaction['execute'];
  /** What the application holds now, read past the adapter, on another connection. */
  look(): Promise<ApplicationView>;
}

/** Something that is true of every adapter that joins transactions. */
export interface JoiningAdapterLaw {
  /** A sentence. */
  readonly name: string;
  /** The operations without which it says nothing. */
  readonly needs: readonly ApplicationOperation['type'][];
  /** @throws AssertionError when it is not true of this adapter, whose application has to be empty */
  check(subject: JoiningAdapterUnderTest): Promise<void>;
}

/** A transaction for each operation. */
function inTransactions({ adapter, execute }: JoiningAdapterUnderTest, end: 'COMMIT' | 'ROLLBACK'): ApplicationAdapter {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  };
  return {
    ...(adapter.maxMembersPerOperation !== undefined && { maxMembersPerOperation: adapter.maxMembersPerOperation }),
    name: adapter.name,
    repeatable: false,
    check: async () => adapter.check?.(),
    apply: (operation) =>
      inTurn(async () => {
        await execute('BEGIN IMMEDIATE');
        let answer: AdapterAnswer | undefined;
        try {
          answer = readAnswer(await adapter.applyWithin(operation, { execute }));
          return answer;
        } finally {
          // A refusal is rolled back, as what is thrown is.
          await execute(answer?.type === 'applied' ? end : 'ROLLBACK');
        }
      }),
  };
}

/** What is rolled back was not done. */
const rollbackLaws: readonly JoiningAdapterLaw[] = operationTypes.map((type) => {
  const { needs, set } = scenes[type];
  return {
    name: `of ${type} that is rolled back nothing is left, and it can be done then`,
    needs: [...needs, type],
    async check(subject) {
      const { look } = subject;
      const trial = trialOf({ adapter: inTransactions(subject, 'COMMIT'), look });
      const { operation, after } = await set(trial);
      const before = await look();
      const answer = await inTransactions(subject, 'ROLLBACK').apply(operation, newCall());
      assert.equal(answer.type, 'applied', JSON.stringify(answer));
      assert.deepEqual(await look(), before);
      await trial.done(operation);
      await trial.holds(after);
    },
  };
});

/** The laws of adapters that have nothing to do with asking twice, and those of transactions. */
export const joiningLaws: readonly JoiningAdapterLaw[] = [
  ...[...effectLaws, ...refusalLaws].map(({ name, needs, check }) => ({
    name,
    needs,
    check: (subject: JoiningAdapterUnderTest) =>
      check({ adapter: inTransactions(subject, 'COMMIT'), look: subject.look }),
  })),
  ...rollbackLaws,
];
