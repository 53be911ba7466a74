import { randomBytes } from 'node:crypto';
import { OaaError, UnreachableError, UsageError } from '@oaa-kit/oaa';
import { createRemoteText } from '@oaa-kit/oaa/http';
import type { CheckOptions } from './check-options.ts';
import type { CheckReport, CheckResult } from './check-report.ts';
import { cleanUp } from './clean-up.ts';
import { describeLeftBehind } from './describe-left-behind.ts';
import { Finding, NotTried } from './judge.ts';
import type { Made } from './made.ts';
import { Probe, type Session } from './probe.ts';
import type { Requirement } from './requirement.ts';
import { requirements } from './requirements/all-requirements.ts';
import { createWire } from './wire.ts';

/** So many requests without an answer, one after the other, and the endpoint is taken to be gone. */
const silenceLimit = 3;
const shownExchanges = 6;

/**
 * Checks whether an endpoint does what a tenant needs of it: with the requests that the tenant sends, on users and groups
 * that it makes under random names (`oaa-kit-check-...`) and deletes at the end, also when it is aborted. Whom it has not
 * made it neither changes nor deletes. Nothing is sent again but what was answered with 429.
 *
 * An endpoint that fails, or cannot be reached, is an outcome and no error.
 *
 * @throws UsageError when URL, credential, certificates, proxy, endpoints or domain cannot be used
 * @throws UnreachableError `aborted` when the signal is; its hint says what could not be deleted
 *
 * @example
 * const { outcome, results } = await checkEndpoint({
 *   url: 'https://scim.example.com/scim/v2',
 *   auth: { type: 'bearer', token },
 * });
 * for (const { code, status, problem } of results) if (status === 'failed') console.error(code, problem);
 */
export async function checkEndpoint(options: CheckOptions): Promise<CheckReport> {
  const wire = createWire(options);
  const newName = namesOf(options.userDomain);
  const readOnly = options.readOnly === true;
  const show = createRemoteText(wire.secrets);
  const made: Made[] = [];
  const judgement = new Judgement({
    wire,
    readOnly,
    signal: options.signal,
    made,
    show,
    newName,
    heard: () => judgement.hear(),
  });
  const results: CheckResult[] = [];
  let failure: { readonly error: unknown } | undefined;
  try {
    for (const requirement of requirements) {
      if (requirement.ofExtensions === true && options.extensionSchemas !== true) continue;
      const result = await judgement.of(requirement);
      results.push(result);
      options.onResult?.(result);
    }
  } catch (error) {
    failure = { error };
  }
  const left = await cleanUp(wire, made);
  const leftBehind = left.map(({ kind, id, name }) => ({ kind, id: show(id), name }));
  if (failure !== undefined) throw options.signal?.aborted === true ? aborted(leftBehind) : failure.error;
  const failed = results.some(({ status }) => status === 'failed');
  const outcome = !judgement.wasHeard ? 'unreachable' : failed ? 'failed' : 'passed';
  return { format: 'oaa-scim-check', version: 1, url: wire.url, readOnly, outcome, results, leftBehind };
}

/**
 * Names that are random, and that people recognise.
 *
 * @throws UsageError `setting-invalid`
 */
function namesOf(userDomain: string | undefined): Session['newName'] {
  if (userDomain !== undefined && !/^[A-Za-z0-9.-]{1,200}$/.test(userDomain)) {
    const hint = 'Give what stands behind the @ of addresses: example.com.';
    throw new UsageError('setting-invalid', `${JSON.stringify(userDomain)} is no domain for user names.`, { hint });
  }
  const random = randomBytes(6).toString('hex');
  let count = 0;
  return (kind, middle = '') => {
    count += 1;
    const name = `oaa-kit-check-${random}-${middle}${kind}${count}`;
    return kind === 'group' || userDomain === undefined ? name : `${name}@${userDomain}`;
  };
}

function aborted(leftBehind: CheckReport['leftBehind']): UnreachableError {
  const names = leftBehind.map(describeLeftBehind);
  const hint =
    names.length === 0
      ? 'What it had made is deleted. Run it again when ready.'
      : `Delete what it has made and could not delete: ${names.join(', ')}.`;
  return new UnreachableError('aborted', 'The check of the SCIM endpoint was aborted.', { hint, retryable: true });
}

/** Judges one requirement after the other. */
class Judgement {
  readonly #session: Session;
  /** Requests since the last answer that could be taken in. */
  #silences = 0;
  /** Why nothing more is tried. */
  #end: string | undefined;
  wasHeard = false;

  constructor(session: Session) {
    this.#session = session;
  }

  hear(): void {
    this.wasHeard = true;
    this.#silences = 0;
  }

  async of(requirement: Requirement): Promise<CheckResult> {
    const { code, title, source, fix } = requirement;
    const probe = new Probe(this.#session);
    const facts = { code, title, source };
    const found = await this.#verdict(requirement, probe);
    if (found.status === 'passed') return { ...facts, status: 'passed', exchanges: [] };
    const problem = this.#session.show(found.problem);
    if (found.status === 'not-tried') return { ...facts, status: 'not-tried', problem, exchanges: [] };
    return {
      ...facts,
      status: found.status,
      problem,
      fix: found.fix ?? fix,
      exchanges: probe.exchanges.slice(-shownExchanges),
    };
  }

  async #verdict(requirement: Requirement, probe: Probe): Promise<Verdict> {
    const { writes, code } = requirement;
    if (this.#end !== undefined) return { status: 'not-tried', problem: this.#end };
    if (writes && this.#session.readOnly) {
      return { status: 'not-tried', problem: 'it would write, and the check only reads' };
    }
    try {
      await requirement.check(probe);
      return { status: 'passed' };
    } catch (error) {
      if (error instanceof NotTried) return { status: 'not-tried', problem: error.message };
      if (error instanceof Finding) {
        if (error.ends) this.#end = `nothing else can be tried (${code})`;
        return { status: error.status, problem: error.message };
      }
      if (!(error instanceof OaaError) || this.#session.signal?.aborted === true) throw error;
      return this.#silence(error, code);
    }
  }

  /** No answer, or none that can be taken in. */
  #silence(error: OaaError, code: string): Verdict {
    const lost = { problem: error.message, fix: error.hint };
    if (error.code === 'response-invalid') this.wasHeard = true;
    if (!this.wasHeard) {
      this.#end = `no answer came to the first request (${code})`;
      return { status: 'unreachable', ...lost };
    }
    this.#silences += 1;
    if (this.#silences >= silenceLimit) this.#end = `the endpoint gives no answers any more (${code})`;
    return { status: 'failed', ...lost };
  }
}

type Verdict =
  | { readonly status: 'passed' }
  | {
      readonly status: Exclude<CheckResult['status'], 'passed'>;
      readonly problem: string;
      readonly fix?: string | undefined;
    };
