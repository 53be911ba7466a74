import type { IncomingMessage, ServerResponse } from 'node:http';
import { belowMount, checkedMountPath } from './mount-path.ts';
import { readNodeRequest } from './node-request.ts';
import { scimRefusal, writeNodeResponse } from './node-response.ts';
import type { ScimResponse, ScimService } from './scim-service.ts';

export interface NodeHandlerOptions {
  /**
   * The path at which the service answers: `/scim`. Leave it out where something else cuts it off, as express does in
   * `app.use('/scim', ...)`.
   */
  readonly mountPath?: string | undefined;
  /** Told of answers that could not be given, or not sent to their end: what went wrong in front of the service or behind it. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** A listener for requests of `node:http`, and middleware for express. It never throws and never rejects. */
export type NodeHandler = (
  request: IncomingMessage & { readonly originalUrl?: string | undefined },
  response: ServerResponse,
  next?: (error?: unknown) => void,
) => void;

const bodyIsGone =
  'The body was read before the SCIM service could read it. Mount the service in front of parsers such as express.json().';

/** The operator has to hear of it as well: no request can be served until the order is right. */
function refuseReadBody(onError: NodeHandlerOptions['onError']): ScimResponse {
  onError?.(new Error(bodyIsGone));
  return scimRefusal(500, bodyIsGone);
}

/**
 * Mounts a service in a plain HTTP server, or in express. Requests beside the mount path go to `next`, or get 404.
 *
 * @throws UsageError for a mount path that is none
 * @example
 * createServer(nodeHandler(service, { mountPath: '/scim' })).listen(8080);
 *
 * @example
 * app.use('/scim', nodeHandler(service));
 */
export function nodeHandler(service: ScimService, { mountPath, onError }: NodeHandlerOptions = {}): NodeHandler {
  const mount = mountPath === undefined ? undefined : checkedMountPath(mountPath);
  const answer = async (request: IncomingMessage, response: ServerResponse, url: string | undefined) => {
    let found: ScimResponse;
    try {
      if (url === undefined) found = scimRefusal(404, 'There is nothing here.');
      // What a parser has read is not what the client sent: duplicate keys are gone, for one.
      else if (request.readableDidRead) found = refuseReadBody(onError);
      else found = await service.handle(readNodeRequest(request, url));
    } catch (error) {
      onError?.(error);
      found = scimRefusal(500, 'Something went wrong here.');
    }
    await writeNodeResponse(request, response, found, onError);
  };
  return (request, response, next) => {
    const full = request.originalUrl ?? request.url ?? '/';
    const url = mount === undefined ? (request.url ?? '/') : belowMount(full, mount);
    if (url === undefined && next !== undefined) {
      next();
      return;
    }
    void answer(request, response, url);
  };
}
