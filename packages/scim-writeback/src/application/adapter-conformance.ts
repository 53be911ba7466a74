import type { ApplicationOperation } from '../directory/write-back.ts';
import type { AdapterLaw } from './conformance/adapter-law.ts';
import { effectLaws } from './conformance/effect-laws.ts';
import { type JoiningAdapterLaw, joiningLaws } from './conformance/joining-laws.ts';
import { refusalLaws, repetitionLaws } from './conformance/repetition-laws.ts';

export type { AdapterLaw, AdapterUnderTest, ApplicationView } from './conformance/adapter-law.ts';
export type { JoiningAdapterLaw, JoiningAdapterUnderTest } from './conformance/joining-laws.ts';

/**
 * What is true of every adapter, whatever its application. Needs no test runner: each check throws where its law is broken.
 * Every check wants an application that holds nothing.
 *
 * @param unsupported operations that the application cannot do; laws that need them are left out
 * @example
 * describe('the adapter of the CRM', () => {
 *   test.each(adapterLaws({ unsupported: ['delete-user'] }))('$name', async ({ check }) => {
 *     const crm = await startEmptyCrm();
 *     await check({ adapter: new CrmAdapter(crm.url), look: () => readCrm(crm) });
 *   });
 * });
 */
export function adapterLaws(options: LawOptions = {}): readonly AdapterLaw[] {
  return supported([...effectLaws, ...repetitionLaws, ...refusalLaws], options);
}

/**
 * The same for adapters that join the transaction of the directory.
 *
 * @example
 * test.each(joiningAdapterLaws())('$name', async ({ check }) => {
 *   const { file, look } = await makeEmptyShop();
 *   const database = new DatabaseSync(file);
 *   const execute = async (statement, parameters = []) => database.prepare(statement).all(...parameters);
 *   await check({ adapter: new Shop(), execute, look });
 *   database.close();
 * });
 */
export function joiningAdapterLaws(options: LawOptions = {}): readonly JoiningAdapterLaw[] {
  return supported(joiningLaws, options);
}

interface LawOptions {
  /** Operations that the application cannot do. */
  readonly unsupported?: readonly ApplicationOperation['type'][] | undefined;
}

function supported<Law extends Pick<AdapterLaw, 'needs'>>(
  laws: readonly Law[],
  { unsupported = [] }: LawOptions,
): readonly Law[] {
  return laws.filter(({ needs }) => !needs.some((type) => unsupported.includes(type)));
}
