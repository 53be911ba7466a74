/** When and how often a request is sent again. */
export interface RetryPolicy {
  /** How often a request is sent again after the first time. */
  readonly retries: number;
  /** Of these, how many may follow a time-out, which costs a whole time-out each. */
  readonly timeoutRetries: number;
  /** Of these, how many may follow "no such host", which is a typing error more often than a passing fault. */
  readonly unknownHostRetries: number;
  /** Wait before the first retry; doubles with each further one. */
  readonly backoffMs: number;
  /** The doubling ends here. */
  readonly maxBackoffMs: number;
  /** A longer `Retry-After` is not waited for: the call fails and says how long was asked for. */
  readonly maxRetryAfterMs: number;
  /** Share of the back-off that is random, 0 to 1: 0.5 waits between half and all of it. */
  readonly jitter: number;
}

/** Ten retries after 0.6, 1.2, 2.4 ... 30 s (less up to half at random), as patient as the Python SDK. */
export const defaultRetryPolicy: RetryPolicy = {
  retries: 10,
  timeoutRetries: 2,
  unknownHostRetries: 2,
  backoffMs: 600,
  maxBackoffMs: 30_000,
  maxRetryAfterMs: 600_000,
  jitter: 0.5,
};
