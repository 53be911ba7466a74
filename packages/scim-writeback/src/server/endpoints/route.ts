import type { Handler, PublicHandler } from './exchange.ts';

/** One path of the service. */
export type Route = PublicRoute | ScimRoute | OffRoute;

interface AnyRoute {
  /** `/Users/{id}`: at most one part in braces, which stands for anything. */
  readonly template: string;
}

/** Needs no credential, and is only read. */
export interface PublicRoute extends AnyRoute {
  readonly access: 'public';
  readonly get: PublicHandler;
}

/** Needs a credential. */
export interface ScimRoute extends AnyRoute {
  readonly access: 'scim';
  /** By method; HEAD is GET without a body. */
  readonly methods: ReadonlyMap<string, Handler>;
  /** How many bytes the body of a request may have. */
  readonly bodyBytes: number;
}

/** An optional part of SCIM that is not there. Answers 501, to those who have a credential. */
export interface OffRoute extends AnyRoute {
  readonly access: 'off';
  /** What it is, for messages. */
  readonly feature: string;
}
