import { ScimError } from '../../protocol/errors/scim-error.ts';
import type { Handler, PublicHandler } from '../endpoints/exchange.ts';
import type { OffRoute, PublicRoute, ScimRoute } from '../endpoints/route.ts';
import { Refusal } from '../refusal.ts';

/** What answers a request, and how many bytes it takes. */
export interface ChosenHandler extends Pick<ScimRoute, 'bodyBytes'> {
  readonly handler: Handler;
}

/**
 * Gives what a method does at a path. HEAD does what GET does (RFC 9110 s9.3.2).
 *
 * @throws ScimError 404 for an unknown path, 501 for an optional part that is not there (RFC 7644 s3.12); Refusal 405
 * with `Allow` for a method that the path does not have.
 */
export function chooseHandler(route: ScimRoute | OffRoute | undefined, method: string): ChosenHandler {
  if (route === undefined) throw new ScimError(404, undefined, 'There is no such endpoint.');
  if (route.access === 'off') throw new ScimError(501, undefined, `${route.feature} is not supported.`);
  const handler = route.methods.get(method === 'HEAD' ? 'GET' : method);
  if (handler === undefined) throw notAllowed(['HEAD', ...route.methods.keys()]);
  return { handler, bodyBytes: route.bodyBytes };
}

/** The same for a path that is only read. */
export function choosePublicHandler(route: PublicRoute, method: string): PublicHandler {
  if (method !== 'GET' && method !== 'HEAD') throw notAllowed(['HEAD', 'GET']);
  return route.get;
}

function notAllowed(allowed: readonly string[]): Refusal {
  const allow = allowed.toSorted().join(', ');
  return new Refusal(405, undefined, `This endpoint takes ${allow} only.`, { allow });
}
