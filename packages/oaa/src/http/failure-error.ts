import type { ErrorCode } from '../errors/index.ts';
import { UnreachableError } from '../errors/index.ts';
import type { Failure } from './failure.ts';
import type { RemoteText } from './remote-text.ts';
import type { RemoteWords } from './remote-words.ts';

/** What an error message tells about the call that failed. */
export interface CallFacts {
  readonly method: string;
  /** Without query, which may hold names. */
  readonly path: string;
  readonly origin: string;
  readonly proxyOrigin: string | undefined;
  readonly attempts: number;
  /** Whether one of them that failed may have been acted on. */
  readonly mayBeDone: boolean;
  readonly timeoutMs: number;
  /** When the answer came, in milliseconds since the epoch: what a `Retry-After` date is compared with. */
  readonly nowMs: number;
  /** A longer `Retry-After` was not waited for. */
  readonly longestWaitMs: number;
  readonly words: RemoteWords;
  readonly remoteText: RemoteText;
  readonly lostAnswerHint: string | undefined;
}

interface Story {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string;
  readonly retryable?: boolean;
}

/** ` after 3 attempts`, or nothing when there was but one. */
export function afterAttempts(attempts: number): string {
  return attempts === 1 ? '' : ` after ${attempts} attempts`;
}

function where(call: CallFacts): string {
  const via = call.proxyOrigin === undefined ? '' : ` through the proxy ${call.proxyOrigin}`;
  return `the ${call.words.noun} at ${call.origin}${via}`;
}

/** What a connection is opened to: the proxy, where there is one. */
function nextHop(call: CallFacts): string {
  return call.proxyOrigin === undefined ? where(call) : `the proxy ${call.proxyOrigin} on the way to ${call.origin}`;
}

function tlsStory(failure: Failure, call: CallFacts): Story {
  const { settings } = call.words;
  const trust = `If it is signed by your own authority, name its certificate file with ${settings.caFile}. For a test only: ${settings.unsafe}.`;
  const stories: Readonly<Record<string, readonly [reason: string, hint: string]>> = {
    DEPTH_ZERO_SELF_SIGNED_CERT: ['its certificate is self-signed', trust],
    SELF_SIGNED_CERT_IN_CHAIN: ['its certificate chain ends in an authority that is not trusted here', trust],
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: ['its certificate is signed by an authority that is not trusted here', trust],
    UNABLE_TO_GET_ISSUER_CERT: ['its certificate is signed by an authority that is not trusted here', trust],
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ['its certificate is signed by an authority that is not trusted here', trust],
    CERT_HAS_EXPIRED: [
      'its certificate has expired',
      'Have the certificate renewed, and check the clock of this machine.',
    ],
    CERT_NOT_YET_VALID: ['its certificate is not valid yet', 'Check the clock of this machine.'],
    ERR_TLS_CERT_ALTNAME_INVALID: [
      'its certificate belongs to another host name',
      `Check the host name in ${settings.url}.`,
    ],
    EPROTO: ['it does not speak TLS on this port', `Check scheme and port in ${settings.url}.`],
  };
  const known = failure.code !== undefined && Object.hasOwn(stories, failure.code) ? stories[failure.code] : undefined;
  const [reason, hint] = known ?? ['the TLS handshake failed', trust];
  return {
    code: 'tls',
    message: `No safe connection to ${where(call)}: ${reason} (${failure.code}).`,
    hint,
    retryable: false,
  };
}

function timeoutStory(failure: Failure, call: CallFacts): Story {
  const seconds = `${call.timeoutMs / 1000} s`;
  const what = failure.connected ? `No answer to ${call.method} ${call.path}` : 'No connection';
  const relation = failure.connected ? 'from' : 'to';
  return {
    code: 'timeout',
    message: `${what} ${relation} ${where(call)} within ${seconds}${afterAttempts(call.attempts)}.`,
    hint: failure.connected
      ? `Raise the time-out with ${call.words.settings.timeout}.`
      : `Check ${call.words.settings.url}, the network and the proxy; the time-out is ${call.words.settings.timeout}.`,
  };
}

function story(failure: Failure, call: CallFacts): Story {
  const { settings } = call.words;
  const tries = afterAttempts(call.attempts);
  const host = new URL(call.origin).hostname;
  switch (failure.kind) {
    case 'tls':
      return tlsStory(failure, call);
    case 'timeout':
      return timeoutStory(failure, call);
    case 'unknown-host':
      return {
        code: 'unreachable',
        message: `The host name of ${nextHop(call)} is not known (${failure.code})${tries}.`,
        hint:
          call.proxyOrigin === undefined
            ? `Check the spelling of "${host}" in ${settings.url}, and the network.`
            : `Check the spelling of the host in ${settings.proxy}, and the network.`,
      };
    case 'name-service':
      return {
        code: 'unreachable',
        message: `The name service did not answer when asked for ${where(call)} (${failure.code})${tries}.`,
        hint: 'Check the network of this machine and try again.',
      };
    case 'refused':
    case 'no-route':
      return {
        code: 'unreachable',
        message: `No connection to ${nextHop(call)}: ${failure.kind === 'refused' ? 'it was refused' : 'there is no way to the host'} (${failure.code})${tries}.`,
        hint:
          call.proxyOrigin === undefined
            ? `Check host and port in ${settings.url}; behind a firewall set ${settings.proxy}.`
            : `Check host and port in ${settings.proxy}.`,
      };
    case 'cut':
      return {
        code: 'unreachable',
        message: `The connection to ${where(call)} was cut during ${call.method} ${call.path} (${failure.code})${tries}.`,
        hint: 'Try again; when it happens every time, ask what sits between (proxy, gateway, firewall).',
      };
    case 'proxy':
      return {
        code: 'unreachable',
        message: `The proxy ${call.proxyOrigin} did not open a connection to the ${call.words.noun} at ${call.origin}: ${failure.detail}.`,
        hint: `Check ${settings.proxy}: host, port, user name and password (http://user:password@host:port).`,
        retryable: false,
      };
    case 'aborted':
      return { code: 'aborted', message: `${call.method} ${call.path} was aborted.`, hint: 'Run it again when ready.' };
    default:
      return {
        code: 'unreachable',
        message: `The connection to ${where(call)} failed during ${call.method} ${call.path} (${failure.code ?? 'no code'})${tries}: ${call.remoteText(failure.detail)}`,
        hint: `Check ${settings.url} and the network.`,
      };
  }
}

/** A hint for a call whose outcome is unknown. */
export function withLostAnswer(hint: string, call: CallFacts): string {
  return call.lostAnswerHint === undefined ? hint : `${hint} ${call.lostAnswerHint}`;
}

/** The error for an attempt without an answer. Its cause is clean: no request, no headers. */
export function failureError(failure: Failure, call: CallFacts): UnreachableError {
  const { code, message, hint, retryable } = story(failure, call);
  const mayHaveBeenReceived = failure.connected || call.mayBeDone;
  return new UnreachableError(code, message, {
    hint: mayHaveBeenReceived ? withLostAnswer(hint, call) : hint,
    attempts: call.attempts,
    retryable,
    mayHaveBeenReceived,
    cause: failure.detail === '' ? undefined : new Error(call.remoteText(failure.detail)),
  });
}
