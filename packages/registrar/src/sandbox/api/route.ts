import type { Diagnostic, Template } from '@oaa-kit/oaa';
import type { Faults } from '../faults.ts';
import type { PagingOptions } from '../pagination.ts';
import type { Store } from '../store.ts';
import type { Uploads } from '../uploads.ts';

/** Sizes in bytes and waiting times of the sandbox. */
export interface SandboxLimits {
  /** A request body; 220,000,000 unless told otherwise (a payload of 100 MB as a JSON string, escaped). */
  readonly bodyBytes: number;
  /** `json_data`, a CSV file and all parts of an upload together; 100,000,000 unless told otherwise. */
  readonly payloadBytes: number;
  /** What may come out of a compressed payload; 500,000,000 unless told otherwise. */
  readonly inflatedBytes: number;
}

/** What the handlers work with. */
export interface Api {
  readonly store: Store;
  readonly uploads: Uploads;
  readonly faults: Faults;
  readonly paging: PagingOptions;
  readonly limits: SandboxLimits;
  /** How long a deletion goes on in the background. */
  readonly deletionMs: number;
  /** How long a data source stays `PENDING` after a push. */
  readonly parseMs: number;
  readonly now: () => Date;
  /** A fresh UUID. */
  readonly newId: () => string;
  readonly validate: (payload: unknown, options: { readonly template: Template }) => readonly Diagnostic[];
}

export interface ApiRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** Parsed JSON; undefined when the request has no body. */
  readonly body: unknown;
}

/** One operation of the API, as data. The returned value is sent as JSON with status 200. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly handle: (request: ApiRequest, api: Api) => unknown;
}

/** Pieces of paths. A parameter ends before the colon of a custom verb such as `:push`. */
export const paths = {
  templates: '/api/v1/providers/custom/templates',
  providers: '/api/v1/providers/custom',
  provider: '/api/v1/providers/custom/:provider(^[^:/]+)',
  dataSources: '/api/v1/providers/custom/:provider(^[^:/]+)/datasources',
  dataSource: '/api/v1/providers/custom/:provider(^[^:/]+)/datasources/:dataSource(^[^:/]+)',
  allDataSources: '/api/v1/providers/datasources',
} as const;
