import { ScimError } from '../../protocol/errors/scim-error.ts';
import type { Answer } from '../answers/answer.ts';
import { Refusal } from '../refusal.ts';
import type { Principal, ScimRequest } from '../scim-service.ts';
import { authenticate } from '../steps/authenticate.ts';
import { limitRate } from '../steps/limit-rate.ts';
import { Query } from '../steps/query.ts';
import { requireScope } from '../steps/require-scope.ts';
import type { AdminEndpoint, AdminRoute } from './admin-exchange.ts';
import type { AdminServiceOptions } from './admin-service.ts';

/** What is known of a request so far; still there when it fails. */
export interface AdminProgress {
  route: string | undefined;
  principal: Principal | undefined;
}

/**
 * The steps of a request in their order, those of the SCIM service. Nothing is told to whoever has no credential, and no
 * body is read of whoever lacks the scope.
 *
 * @throws OaaError, ScimError for what the client did wrong
 */
export async function answerAdminRequest(
  request: ScimRequest,
  { directory, authenticator, rateLimiter, now = () => new Date() }: AdminServiceOptions,
  routes: ReadonlyMap<string, AdminRoute>,
  progress: AdminProgress,
): Promise<Answer> {
  const { method, url, headers } = request;
  const mark = url.indexOf('?');
  const path = (mark < 0 ? url : url.slice(0, mark)).replace(/\/$/, '');
  const route = routes.get(path);
  if (route !== undefined) progress.route = path;
  const principal = await authenticate(headers.authorization, authenticator);
  progress.principal = principal;
  limitRate(principal, rateLimiter);
  const endpoint = chooseEndpoint(route, method);
  requireScope(endpoint.scope, principal);
  const query = new Query(mark < 0 ? '' : url.slice(mark + 1));
  for (const name of query.names()) {
    // A name with a typing error would leave a bound at its default, or a base without its as-of.
    if (!endpoint.parameters.includes(name)) throw new ScimError(400, undefined, unknownParameter(endpoint));
  }
  return endpoint.handle({ principal, query, headers, request, directory, now });
}

/** @throws ScimError 404; Refusal 405 with `Allow`. RFC 9110 s15.5.5, s15.5.6, s9.3.2 */
function chooseEndpoint(route: AdminRoute | undefined, method: string): AdminEndpoint {
  if (route === undefined) throw new ScimError(404, undefined, 'There is no such endpoint.');
  const endpoint = route.get(method === 'HEAD' ? 'GET' : method);
  if (endpoint !== undefined) return endpoint;
  const allow = [...route.keys(), ...(route.has('GET') ? ['HEAD'] : [])].toSorted().join(', ');
  throw new Refusal(405, undefined, `This endpoint takes ${allow} only.`, { allow });
}

function unknownParameter({ parameters }: AdminEndpoint): string {
  if (parameters.length === 0) return 'This request takes no parameters.';
  return `This request takes no other parameters than ${parameters.join(' and ')}.`;
}
