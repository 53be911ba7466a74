/** Why no answer came, decided once from what the socket reported. */
export interface Failure {
  readonly kind:
    | 'unknown-host'
    | 'name-service'
    | 'refused'
    | 'no-route'
    | 'tls'
    | 'timeout'
    | 'cut'
    | 'proxy'
    | 'too-large'
    | 'aborted'
    | 'other';
  /** Node's or OpenSSL's code: `ECONNREFUSED`, `CERT_HAS_EXPIRED` ... */
  readonly code: string | undefined;
  /** Text of the underlying error. */
  readonly detail: string;
  /** Whether a connection stood, so that the request may have been received. */
  readonly connected: boolean;
}

const kinds: Readonly<Record<string, Failure['kind']>> = {
  ENOTFOUND: 'unknown-host',
  EAI_AGAIN: 'name-service',
  EAI_FAIL: 'name-service',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'no-route',
  ENETUNREACH: 'no-route',
  EADDRNOTAVAIL: 'no-route',
  ETIMEDOUT: 'timeout',
  ECONNRESET: 'cut',
  EPIPE: 'cut',
  ECONNABORTED: 'cut',
  ERR_STREAM_PREMATURE_CLOSE: 'cut',
  HPE_INVALID_CONSTANT: 'other',
  EPROTO: 'tls',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls',
  HOSTNAME_MISMATCH: 'tls',
};
const tlsCode = /^(?:CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|CRL_|INVALID_CA|PATH_LENGTH_EXCEEDED)/;

/** Sorts a failed attempt by the code of its error. */
export function failureFrom(error: unknown, connected: boolean): Failure {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  const name = typeof code === 'string' ? code : undefined;
  const detail = typeof message === 'string' ? message : '';
  const known = name !== undefined && Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  const kind = known ?? (name !== undefined && tlsCode.test(name) ? 'tls' : 'other');
  return { kind, code: name, detail, connected };
}
