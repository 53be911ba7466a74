import type { ApplicationOperation } from '../directory/write-back.ts';
import type { AdapterLaw } from './conformance/adapter-law.ts';
import { effectLaws } from './conformance/effect-laws.ts';
import { refusalLaws, repetitionLaws } from './conformance/repetition-laws.ts';

export type { AdapterLaw, AdapterUnderTest, ApplicationView } from './conformance/adapter-law.ts';

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
export function adapterLaws({
  unsupported = [],
}: {
  readonly unsupported?: readonly ApplicationOperation['type'][];
} = {}): readonly AdapterLaw[] {
  return [...effectLaws, ...repetitionLaws, ...refusalLaws].filter(
    ({ needs }) => !needs.some((type) => unsupported.includes(type)),
  );
}
