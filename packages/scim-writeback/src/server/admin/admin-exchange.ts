import type { Scope } from '../../directory/credentials.ts';
import type { Directory } from '../../directory/directory.ts';
import type { Answer } from '../answers/answer.ts';
import type { Principal, ScimRequest } from '../scim-service.ts';
import type { Query } from '../steps/query.ts';

/** What an endpoint of the administration API gets to know of a request that was let in. */
export interface AdminExchange {
  readonly principal: Principal;
  readonly query: Query;
  readonly headers: ScimRequest['headers'];
  /** Not read yet. */
  readonly request: ScimRequest;
  readonly directory: Directory;
  readonly now: () => Date;
}

/** What one method does at one path. */
export interface AdminEndpoint {
  /** Without it, nothing is read or changed. */
  readonly scope: Scope;
  /** Names of the parameters of its query; others are refused. */
  readonly parameters: readonly string[];
  /** @throws OaaError, ScimError for what the client did wrong */
  readonly handle: (exchange: AdminExchange) => Promise<Answer>;
}

/** Methods by name: HEAD is GET without a body. */
export type AdminRoute = ReadonlyMap<string, AdminEndpoint>;
