import { z } from 'zod';
import { faultRuleSchema } from '../faults.ts';
import { parseBody } from '../parse-body.ts';
import type { Api, ApiRequest, Route } from './route.ts';

const body = z.strictObject({ faults: z.array(faultRuleSchema).min(1).max(1_000) });

function schedule(request: ApiRequest, api: Api): unknown {
  api.faults.schedule(...parseBody(body, request.body).faults);
  return { faults: api.faults.pending() };
}

function clear(_request: ApiRequest, api: Api): unknown {
  api.faults.clear();
  return {};
}

/** No part of a tenant: lets other processes set faults. Faults never hit these paths. */
export const controlPrefix = '/sandbox/';

export const controlRoutes: readonly Route[] = [
  { method: 'GET', url: '/sandbox/faults', handle: (_request, api) => ({ faults: api.faults.pending() }) },
  { method: 'POST', url: '/sandbox/faults', handle: schedule },
  { method: 'DELETE', url: '/sandbox/faults', handle: clear },
];
