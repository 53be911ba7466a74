import { UsageError } from '@oaa-kit/oaa';
import { ScimError } from '../../protocol/errors/scim-error.ts';
import { rotateToken } from '../auth/rotate-token.ts';
import type { Principal } from '../scim-service.ts';
import { parseJson } from '../steps/parse-json.ts';
import { readBody } from '../steps/read-body.ts';
import type { AdminEndpoint } from './admin-exchange.ts';
import { requireJson } from './require-json.ts';

const bodyBytes = 1024;

/** `POST /tokens/rotate`: a second token for the client that has the named one. The answer is the only place that shows it. */
export const rotateNamedToken: AdminEndpoint = {
  scope: 'tokens:rotate',
  parameters: [],
  async handle({ directory, principal, request, now }) {
    refuseScim(principal);
    requireJson(request.headers, ['identity']);
    const id = idOf(parseJson(await readBody(request, bodyBytes)));
    const { organization } = principal;
    const made = await rotateToken(directory.credentials, { organization, id }, now().toISOString());
    return { status: 201, body: JSON.stringify(made) };
  },
};

/** It lies with a tenant: whoever finds it there must not be able to make another that outlives its end. */
function refuseScim({ scopes }: Principal): void {
  if (!scopes.has('scim:read') && !scopes.has('scim:write')) return;
  throw new ScimError(403, undefined, 'A credential for SCIM never makes another.');
}

function idOf(body: unknown): string {
  const given = typeof body === 'object' && body !== null ? Object.entries(body) : [];
  const [name, id] = given[0] ?? [];
  if (given.length === 1 && name === 'id' && typeof id === 'string') return id;
  throw new UsageError('usage', 'The body names one token: { "id": "4f1d2c3b5a697887" }.', {
    hint: '`oaa scim token list` shows the ids.',
  });
}
