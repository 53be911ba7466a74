import type { AdminEndpoint } from './admin-exchange.ts';

/** `POST /bases/begin`: what the organization stands at, for the base that is extracted now. Changes nothing. */
export const beginBase: AdminEndpoint = {
  scope: 'base:write',
  parameters: [],
  async handle({ directory, principal }) {
    const { asOf } = await directory.bases(principal.organization).begin();
    return { status: 200, body: JSON.stringify({ asOf }) };
  },
};
