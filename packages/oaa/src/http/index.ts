export { type LogFacts, type Logger, silentLogger } from './logger.ts';
export { defaultRetryPolicy, type RetryPolicy } from './retry-policy.ts';
export { type HttpSeams, realSeams } from './seams.ts';
