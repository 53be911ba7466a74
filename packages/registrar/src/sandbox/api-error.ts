import type { FieldViolation } from '@oaa-kit/oaa';

const typePrefix = 'type.googleapis.com/';

/** The tenant's own names of errors, in the manner of google.rpc.Code. */
export type ApiErrorCode =
  | 'InvalidArgument'
  | 'NotFound'
  | 'Unauthenticated'
  | 'ResourceExhausted'
  | 'Unimplemented'
  | 'PermissionDenied'
  | 'Unavailable'
  | 'Internal';

export interface ApiErrorFacts {
  readonly status: number;
  readonly code: ApiErrorCode;
  readonly message: string;
  /** `errorstatus.v1.UserFacingErrorInfo` */
  readonly reason: string;
  readonly explanation: string;
  readonly resolution: string;
  readonly violations?: readonly FieldViolation[];
  readonly resource?: { readonly type: string; readonly name: string };
  readonly metadata?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A refusal on its way to the client; everything else that is thrown is answered with 500. */
export class ApiError extends Error {
  readonly facts: ApiErrorFacts;

  constructor(facts: ApiErrorFacts) {
    super(facts.message);
    this.name = 'ApiError';
    this.facts = facts;
  }
}

/** The details list of the envelope: violations or resource first, what a person reads last. */
export function errorDetails(facts: ApiErrorFacts): Record<string, unknown>[] {
  const details: Record<string, unknown>[] = [];
  if (facts.violations !== undefined) {
    details.push({ '@type': `${typePrefix}google.rpc.BadRequest`, field_violations: facts.violations });
  }
  if (facts.resource !== undefined) {
    details.push({
      '@type': `${typePrefix}errorstatus.v1.ResourceInfo`,
      resource_type: facts.resource.type,
      resource: facts.resource.name,
    });
  }
  details.push({
    '@type': `${typePrefix}errorstatus.v1.UserFacingErrorInfo`,
    reason: facts.reason,
    metadata: facts.metadata ?? {},
    message: facts.explanation,
    resolution: facts.resolution,
  });
  return details;
}
