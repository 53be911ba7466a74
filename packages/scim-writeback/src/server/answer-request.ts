import type { Scope } from '../directory/credentials.ts';
import type { Answer } from './answers/answer.ts';
import type { Principal, ScimRequest } from './scim-service.ts';
import type { ServiceSettings } from './service-settings.ts';
import { authenticate } from './steps/authenticate.ts';
import { chooseHandler, choosePublicHandler } from './steps/choose-handler.ts';
import { limitRate } from './steps/limit-rate.ts';
import { parseJsonInTurns } from './steps/parse-json.ts';
import { readBody } from './steps/read-body.ts';
import { readTarget } from './steps/read-target.ts';
import { refuseFilter } from './steps/refuse-filter.ts';
import { requireMediaType } from './steps/require-media-type.ts';
import { requireScope } from './steps/require-scope.ts';

/** What is known of a request so far; still there when it fails. */
export interface Progress {
  /** Template. */
  route: string | undefined;
  principal: Principal | undefined;
}

const methodsWithBody: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);
const readingMethods: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/**
 * The steps of a request in their order; each one lets it pass or throws. Nothing but the discovery documents is told to
 * whoever has no credential, and no body is read of whoever may not write.
 *
 * @throws ScimError for what the client did wrong
 */
export async function answerRequest(
  request: ScimRequest,
  requestId: string,
  settings: ServiceSettings,
  progress: Progress,
): Promise<Answer> {
  const { method, headers } = request;
  const { segments, versioned, query } = readTarget(request.url);
  const { route, id = '' } = settings.router(segments) ?? {};
  progress.route = route?.template;
  if (route?.access === 'public') {
    const handler = choosePublicHandler(route, method);
    refuseFilter(query);
    return handler({ id, baseUrl: settings.baseUrls(request, versioned) });
  }
  const principal = await authenticate(headers.authorization, settings.authenticator);
  progress.principal = principal;
  limitRate(principal, settings.rateLimiter);
  const { handler, bodyBytes } = chooseHandler(route, method);
  const scope: Scope = readingMethods.has(method) ? 'scim:read' : 'scim:write';
  requireScope(scope, principal);
  const baseUrl = settings.baseUrls(request, versioned);
  return handler({
    id,
    baseUrl,
    query,
    headOnly: method === 'HEAD',
    headers,
    body: methodsWithBody.has(method) ? await readJson(request, bodyBytes) : undefined,
    directory: settings.directory.organization(principal.organization),
    context: { actor: principal.label, requestId, origin: 'scim' },
  });
}

async function readJson(request: ScimRequest, limitBytes: number): Promise<unknown> {
  requireMediaType(request.headers);
  return parseJsonInTurns(await readBody(request, limitBytes));
}
