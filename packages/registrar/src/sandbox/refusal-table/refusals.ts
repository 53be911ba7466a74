import { applicationRefusals } from './application.ts';
import { dataSourceRefusals } from './data-sources.ts';
import { csvRefusals, deliveryRefusals, partsRefusals } from './deliveries.ts';
import { entityRefusals } from './entities.ts';
import { grantRefusals } from './grants.ts';
import { providerRefusals } from './providers.ts';
import type { Refusal } from './refusal.ts';
import { keyRefusals, listRefusals, requestRefusals } from './requests.ts';
import { userRefusals } from './users.ts';

/** Every refusal of sections 1 and 2 of the OAA reference that this storey of the sandbox knows. */
export const refusals: readonly Refusal[] = [
  ...keyRefusals,
  ...requestRefusals,
  ...listRefusals,
  ...providerRefusals,
  ...dataSourceRefusals,
  ...deliveryRefusals,
  ...partsRefusals,
  ...csvRefusals,
  ...applicationRefusals,
  ...userRefusals,
  ...entityRefusals,
  ...grantRefusals,
];
