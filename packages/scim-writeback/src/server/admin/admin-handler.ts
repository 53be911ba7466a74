import { belowMount } from '../mount-path.ts';
import { type NodeHandler, nodeHandler } from '../node-handler.ts';
import { type AdminServiceOptions, createAdminService } from './admin-service.ts';

/** A large base takes minutes to merge, in which nothing comes or goes on its connection. */
const socketTimeoutMs = 15 * 60_000;

/**
 * Answers what is below the path of the administration API; the rest goes to `next`.
 *
 * @param adminPath as `checkedAdminPath` gives it
 */
export function adminHandler(
  options: AdminServiceOptions,
  adminPath: string,
  onError: (error: unknown) => void,
): NodeHandler {
  const answer = nodeHandler(createAdminService(options), { mountPath: adminPath, onError });
  return (request, response, next) => {
    // Node puts it back for the next request of the connection.
    if (belowMount(request.url ?? '/', adminPath) !== undefined) request.setTimeout(socketTimeoutMs);
    answer(request, response, next);
  };
}
