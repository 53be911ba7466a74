import type { Diagnostic, Template } from '@oaa-kit/oaa';
import type { SandboxLimits } from './api/route.ts';
import type { FaultRule } from './faults.ts';
import type { PagingOptions } from './pagination.ts';

/** How a sandbox is made. Everything may be left out. */
export interface SandboxOptions {
  /** 0, the default, lets the system choose. */
  readonly port?: number | undefined;
  /** Where to listen; `127.0.0.1` unless told otherwise. */
  readonly host?: string | undefined;
  /** The bearer key of every request; a random one is made when left out. */
  readonly apiKey?: string | undefined;
  /** Serve HTTPS with a self-signed certificate. */
  readonly tls?: boolean | undefined;
  /** A JSON file that keeps providers, data sources and payloads over restarts; made when it is missing. */
  readonly stateFile?: string | undefined;
  /** Faults from the first request on. */
  readonly faults?: readonly FaultRule[] | undefined;
  /** For faults with a `rate`; 1 unless told otherwise. */
  readonly seed?: number | undefined;
  /** How long a deletion goes on in the background; 500 unless told otherwise. */
  readonly deletionMs?: number | undefined;
  /** How long a data source stays `PENDING` after a push; 200 unless told otherwise. */
  readonly parseMs?: number | undefined;
  /** 100 per page unless told otherwise; more are never given, whatever the client asks for. */
  readonly paging?: Partial<PagingOptions> | undefined;
  readonly limits?: Partial<SandboxLimits> | undefined;
  /** The clock, for tests: deletions, parsing and time stamps follow it. */
  readonly now?: (() => Date) | undefined;
  /** Source of ids, for tests. */
  readonly newId?: (() => string) | undefined;
  /** Stands in for `validate` of `@oaa-kit/oaa`. */
  readonly validate?:
    | ((payload: unknown, options: { readonly template: Template }) => readonly Diagnostic[])
    | undefined;
}
