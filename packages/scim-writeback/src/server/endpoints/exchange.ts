import type { ChangeContext, OrganizationDirectory } from '../../directory/directory.ts';
import type { Answer } from '../answers/answer.ts';
import type { Query } from '../steps/query.ts';

/** What an endpoint that is public gets to know of a request. */
export interface PublicExchange {
  /** The variable part of the path, decoded; empty where the route has none. */
  readonly id: string;
  /** Public URL of the service for this request, without a slash at the end. */
  readonly baseUrl: string;
}

/** What an endpoint gets to know of a request that was let in. */
export interface Exchange extends PublicExchange {
  readonly query: Query;
  /** Whether only the head of the answer is wanted: its body need not be made. RFC 9110 s9.3.2. */
  readonly headOnly: boolean;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The parsed JSON of a POST, PUT or PATCH. */
  readonly body: unknown;
  /** Of the credential's organization. */
  readonly directory: OrganizationDirectory;
  readonly context: ChangeContext;
}

export type PublicHandler = (exchange: PublicExchange) => Answer;
export type Handler = (exchange: Exchange) => Promise<Answer>;
