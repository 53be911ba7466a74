import { providersPath, type Target } from '../test-support.ts';

/** One refusal: a request, and the answer that the tenant gives. */
export interface Refusal {
  /** A sentence of the contract; the section of the reference in brackets. */
  readonly because: string;
  readonly method?: string;
  /** Of the data source unless told otherwise. */
  readonly path?: (target: Target) => string;
  /** A string is sent as it is, anything else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly status: number;
  readonly code: string;
  /** Of the first violation; undefined for answers without violations. */
  readonly field?: string;
  /** Occurs in the description of the first violation. */
  readonly naming?: string;
}

export const providers = (): string => providersPath;
export const provider = ({ providerId }: Target): string => `${providersPath}/${providerId}`;
export const dataSources = ({ providerId }: Target): string => `${providersPath}/${providerId}/datasources`;
export const invalid = { status: 400, code: 'InvalidArgument' } as const;
export const absent = '11111111-2222-4333-8444-555555555555';
