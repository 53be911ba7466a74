import type { PayloadSource } from '../payload/serialise.ts';
import type { DataSource } from './data-source.ts';
import type { Provider } from './provider.ts';
import type { PushTarget } from './push-target.ts';

/** How far a push has come. Byte counts are those of request bodies. */
export interface PushProgress {
  readonly phase: 'prepare' | 'upload' | 'answer';
  readonly sentBytes: number;
  /** 0 while it is not known yet. */
  readonly totalBytes: number;
  /** The part being sent, from 1; 1 of 1 for a push in one request. */
  readonly part: number;
  readonly parts: number;
}

export interface PushOptions {
  /** Name of the provider. */
  readonly provider: string;
  /** Name of the data source; made when it is missing. */
  readonly dataSource: string;
  /** A builder or a plain object. Must not change until the push has ended. */
  readonly payload: PayloadSource;
  /** Make the provider with this template when it is missing. Without it a missing provider is an error. */
  readonly createProvider?: { readonly template: string } | undefined;
  /** Template of a data source that has to be made under a provider with several templates. */
  readonly template?: string | undefined;
  /** `gzip` unless told otherwise. Parts are never compressed. */
  readonly compression?: 'gzip' | 'none' | undefined;
  /** `auto`: in parts when one request would exceed `multipartThresholdBytes` and the JSON at most 100,000,000 bytes. */
  readonly multipart?: 'auto' | 'always' | 'never' | undefined;
  /** Size of one part before base64; 50,000,000 unless told otherwise. */
  readonly partSizeBytes?: number | undefined;
  /** 50,000,000 unless told otherwise. */
  readonly multipartThresholdBytes?: number | undefined;
  readonly onProgress?: ((progress: PushProgress) => void) | undefined;
  /** Called when provider and data source are known, before anything of the payload is sent; what it throws stops the push. */
  readonly beforeSend?: ((target: PushTarget) => Promise<void>) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface PushCsvOptions {
  readonly provider: string;
  readonly dataSource: string;
  /** The whole file, UTF-8, with a header row; at most 100,000,000 bytes. */
  readonly csv: Uint8Array;
  readonly onProgress?: ((progress: PushProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Something that the tenant took in but complains about. */
export interface PushWarning {
  readonly message: string;
}

/** A push that the tenant has confirmed. */
export interface PushResult {
  readonly provider: Provider;
  readonly dataSource: DataSource;
  readonly warnings: readonly PushWarning[];
  readonly mode: 'gzip' | 'plain' | 'parts' | 'csv';
  /** Size of the payload's JSON text (of the file for `csv`), UTF-8. */
  readonly jsonBytes: number;
  /** Size of the accepted request bodies together. */
  readonly sentBytes: number;
  /** How many parts were sent; 1 for a push in one request. */
  readonly parts: number;
}
