import { CredentialsError, type OaaError, RemoteError, UnreachableError } from '../errors/index.ts';
import type { ErrorEnvelope } from './error-envelope.ts';
import { readErrorPage } from './error-page.ts';
import { afterAttempts, type CallFacts, withLostAnswer } from './failure-error.ts';
import type { HttpResponse } from './http-types.ts';
import { parseRetryAfter } from './parse-retry-after.ts';

const shownViolations = 20;

/** What a refusal says, cleaned for showing. */
interface Refusal {
  readonly envelope: ErrorEnvelope | undefined;
  /** The sentence in the middle of the message. */
  readonly reason: string;
  readonly isPage: boolean;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function clean(envelope: ErrorEnvelope, call: CallFacts): ErrorEnvelope {
  const show = (text: string | undefined): string | undefined =>
    text === undefined ? undefined : call.remoteText(text);
  return {
    code: show(envelope.code),
    message: show(envelope.message),
    requestId: show(envelope.requestId),
    resolution: show(envelope.resolution),
    resource: show(envelope.resource),
    violations: envelope.violations.map(({ field, description }) => ({
      field: call.remoteText(field),
      description: call.remoteText(description),
    })),
  };
}

function readRefusal(
  response: HttpResponse,
  call: CallFacts,
  read: (body: unknown) => ErrorEnvelope | undefined,
): Refusal {
  const text = Buffer.from(response.body).toString('utf8');
  const found = read(parseJson(text));
  if (found !== undefined) {
    const envelope = clean(found, call);
    return { envelope, reason: envelope.message ?? envelope.code ?? '', isPage: false };
  }
  const page = readErrorPage(response.headers['content-type'], text);
  if (page !== undefined) {
    const title = page.title === undefined ? '' : ` titled "${call.remoteText(page.title)}"`;
    const reason = `a web page${title} came instead of JSON, which looks like a proxy or gateway in between`;
    return { envelope: undefined, reason, isPage: true };
  }
  const excerpt = call.remoteText(text.slice(0, 200));
  return { envelope: undefined, reason: excerpt === '' ? 'no reason given' : excerpt, isPage: false };
}

function violationLines(envelope: ErrorEnvelope | undefined): string {
  const violations = envelope?.violations ?? [];
  const lines = violations.slice(0, shownViolations).map(({ field, description }) => `\n  ${field}: ${description}`);
  if (violations.length > shownViolations)
    lines.push(`\n  and ${violations.length - shownViolations} more (--json has all)`);
  return lines.join('');
}

/** The sentence without the full stop that the remote side may have set. */
function bare(sentence: string): string {
  return sentence.replace(/[.\s]+$/, '');
}

function redirectError(response: HttpResponse, call: CallFacts): RemoteError {
  const location = response.headers.location ?? '';
  const url = URL.canParse(location, call.origin) ? new URL(location, call.origin) : undefined;
  const target = url === undefined ? 'no readable address' : call.remoteText(`${url.origin}${url.pathname}`);
  return new RemoteError(
    'remote-refused',
    `The ${call.words.noun} at ${call.origin} sends ${call.method} ${call.path} on to ${target} (HTTP ${response.status}); redirects are not followed, so that the ${call.words.credential} goes nowhere else.`,
    { status: response.status, hint: `If that is the right host, write it into ${call.words.settings.url}.` },
  );
}

/**
 * The error for an answer that is not a success. The one place where a status becomes a class, a code and an exit code.
 *
 * @param read reads the server's error body
 */
export function responseError(
  response: HttpResponse,
  call: CallFacts,
  read: (body: unknown) => ErrorEnvelope | undefined,
): OaaError {
  const { status } = response;
  if (status >= 300 && status < 400) return redirectError(response, call);

  const { envelope, reason, isPage } = readRefusal(response, call, read);
  const side = `The ${call.words.noun} at ${call.origin}`;
  const operation = `${call.method} ${call.path}`;
  const requestId = envelope?.requestId === undefined ? '' : ` (request id ${envelope.requestId})`;
  const about = envelope?.resource === undefined ? '' : ` [${envelope.resource}]`;
  const says = `: ${bare(reason)}${about}${requestId}.${violationLines(envelope)}`;
  const facts = {
    status,
    remoteCode: envelope?.code,
    requestId: envelope?.requestId,
    violations: envelope?.violations,
    mayHaveBeenReceived: call.mayBeDone,
  };
  const hinted = (hint: string): string => (call.mayBeDone ? withLostAnswer(hint, call) : hint);
  const code = envelope?.code === undefined ? '' : `, ${envelope.code}`;
  const { settings, credential } = call.words;

  if (status === 401) {
    return new CredentialsError('credentials-refused', `${side} does not accept the ${credential} (HTTP 401)${says}`, {
      ...facts,
      hint: hinted(
        `Check ${settings.credential}: the ${credential} may be revoked, cut short, or belong to another ${call.words.noun}.`,
      ),
    });
  }
  if (status === 403) {
    return new CredentialsError(
      'credentials-refused',
      `${side} does not allow ${operation} with this ${credential} (HTTP 403)${says}`,
      { ...facts, hint: hinted(envelope?.resolution ?? call.words.rightsHint) },
    );
  }
  if (status === 429 || status >= 500) {
    const limited = status === 429;
    const waitMs = parseRetryAfter(response.headers['retry-after'], call.nowMs) ?? 0;
    const asked = waitMs === 0 ? '' : `, Retry-After ${waitMs / 1000} s`;
    const hint =
      waitMs > call.longestWaitMs
        ? `Try again when that time is over; nothing here waits longer than ${call.longestWaitMs / 1000} s.`
        : `Try again later, or be more patient with ${settings.retries}.`;
    return new UnreachableError(
      limited ? 'rate-limited' : 'remote-failing',
      `${side} ${limited ? 'takes no more requests for now' : 'fails'} at ${operation} (HTTP ${status}${asked})${afterAttempts(call.attempts)}${says}`,
      {
        status,
        requestId: envelope?.requestId,
        attempts: call.attempts,
        mayHaveBeenReceived: call.mayBeDone,
        hint: hinted(hint),
      },
    );
  }
  if (status === 404 && !isPage) {
    return new RemoteError('not-found', `${side} has nothing at ${operation} (HTTP 404${code})${says}`, {
      ...facts,
      hint: hinted(envelope?.resolution ?? `Check the id, and that ${settings.url} is right.`),
    });
  }
  return new RemoteError('remote-refused', `${side} refused ${operation} (HTTP ${status}${code})${says}`, {
    ...facts,
    hint: hinted(
      envelope?.resolution ??
        (isPage ? `Check ${settings.url} and ${settings.proxy}.` : 'Correct what the answer complains about.'),
    ),
  });
}

/** The error for a success whose body cannot be read. */
export function unreadableError(response: HttpResponse, call: CallFacts): RemoteError {
  const text = Buffer.from(response.body.subarray(0, 20_000)).toString('utf8');
  const page = readErrorPage(response.headers['content-type'], text);
  const title = page?.title === undefined ? '' : ` titled "${call.remoteText(page.title)}"`;
  const what = page === undefined ? 'is not JSON' : `is a web page${title}, which looks like a proxy or a log-in page`;
  return new RemoteError(
    'response-invalid',
    `The answer of the ${call.words.noun} at ${call.origin} to ${call.method} ${call.path} (HTTP ${response.status}) ${what}.`,
    {
      status: response.status,
      hint: withLostAnswer(
        `Check that ${call.words.settings.url} is the address of the ${call.words.noun}, and what sits between.`,
        call,
      ),
    },
  );
}
