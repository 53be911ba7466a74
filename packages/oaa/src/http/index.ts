export { type HttpAuth, secretsOf } from './auth.ts';
export { createHttpClient } from './client.ts';
export { type ErrorEnvelope, readErrorEnvelope } from './error-envelope.ts';
export type {
  HttpBody,
  HttpClient,
  HttpClientOptions,
  HttpRequest,
  HttpResponse,
  JsonResponse,
} from './http-types.ts';
export { type LogFacts, type Logger, silentLogger } from './logger.ts';
export { parseRetryAfter } from './parse-retry-after.ts';
export { createRemoteText, type RemoteText } from './remote-text.ts';
export { clientSettings, genericWords, type RemoteWords } from './remote-words.ts';
export { type AttemptOutcome, type RetryMoment, retryDelay } from './retry-delay.ts';
export { defaultRetryPolicy, type RetryPolicy } from './retry-policy.ts';
export { type HttpSeams, realSeams } from './seams.ts';
