import type { AdminEndpoint } from './admin-exchange.ts';
import { baseListDocument } from './base-documents.ts';

/** `GET /bases`: the accepted bases, the last one first, and the drift that is open. */
export const listBases: AdminEndpoint = {
  scope: 'base:write',
  parameters: [],
  async handle({ directory, principal }) {
    const bases = directory.bases(principal.organization);
    return { status: 200, body: JSON.stringify(baseListDocument(await bases.list(), await bases.drifts())) };
  },
};
