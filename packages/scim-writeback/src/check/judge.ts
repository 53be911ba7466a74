import { readScimError } from '../client/read-scim-error.ts';
import type { Answer } from './wire.ts';

/** A requirement that is not met. `ends`: nothing else can be found out about the endpoint. */
export class Finding extends Error {
  readonly status: 'failed' | 'warning';
  readonly ends: boolean;

  constructor(status: Finding['status'], problem: string, ends = false) {
    super(problem);
    this.name = 'Finding';
    this.status = status;
    this.ends = ends;
  }
}

/** A requirement that cannot be tried, for what it builds on is not there. */
export class NotTried extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'NotTried';
  }
}

/**
 * The tenant's own requests would fail, or do something else than was meant.
 *
 * @throws Finding
 */
export function fail(problem: string): never {
  throw new Finding('failed', problem);
}

/**
 * Against RFC 7643 or 7644, without harm to what a tenant does.
 *
 * @throws Finding
 */
export function warn(problem: string): never {
  throw new Finding('warning', problem);
}

/**
 * The problem is that of another requirement, whose result says it.
 *
 * @throws NotTried
 */
export function notTried(reason: string, code: string): never {
  throw new NotTried(`${reason} (${code})`);
}

export function succeeded({ status }: Answer): boolean {
  return status >= 200 && status < 300;
}

/** `HTTP 400: the attribute "type" is missing`. */
export function answered({ status, body, text, headers }: Answer): string {
  if (status >= 300 && status < 400 && headers.location !== undefined) return `HTTP ${status} to ${headers.location}`;
  const said = readScimError(body)?.message ?? text.slice(0, 200).replaceAll(/\s+/g, ' ').trim();
  return status < 300 || said === '' ? `HTTP ${status}` : `HTTP ${status}: ${said}`;
}

/** @throws Finding unless the answer is a success */
export function expectSuccess(what: string, answer: Answer): void {
  if (!succeeded(answer)) fail(`${what} was answered with ${answered(answer)}`);
}
