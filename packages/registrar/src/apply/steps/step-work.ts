import type { StepName, StepWork } from '../step.ts';
import { createDataSource } from './create-data-source.ts';
import { createProvider } from './create-provider.ts';
import { deleteDataSource } from './delete-data-source.ts';
import { deleteProvider } from './delete-provider.ts';
import { forgetProvider } from './forget-provider.ts';
import { rememberSent } from './remember-sent.ts';
import { setIcon } from './set-icon.ts';
import { updateProvider } from './update-provider.ts';
import { verifyProvider } from './verify-provider.ts';
import { waitUntilGone } from './wait-until-gone.ts';

/** How each step is done. */
export const stepWork: Readonly<Record<StepName, StepWork>> = {
  delete: deleteProvider,
  'wait-until-gone': waitUntilGone,
  forget: forgetProvider,
  create: createProvider,
  remember: rememberSent,
  update: updateProvider,
  icon: setIcon,
  'delete-data-source': deleteDataSource,
  'create-data-source': createDataSource,
  verify: verifyProvider,
};
