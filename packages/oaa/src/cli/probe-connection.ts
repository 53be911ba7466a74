import { connect, isIP, type LookupFunction } from 'node:net';

/** How far a TCP connection came. */
export interface ConnectionProbe {
  /** The address that the name service gave; undefined when it gave none or was not needed. */
  readonly address: string | undefined;
  /** Where it failed; undefined when it stands. */
  readonly failedAt: 'name' | 'connection' | undefined;
  /** `ENOTFOUND`, `ECONNREFUSED`, `timeout` ... */
  readonly code: string | undefined;
}

/** When to give up, and who knows names. */
export interface ProbeOptions {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** The system's name service unless told otherwise. */
  readonly lookup?: LookupFunction;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'no code';
}

/** Opens a TCP connection and closes it again, to learn whether the name or the network is the trouble. */
export function probeConnection(
  host: string,
  port: number,
  { timeoutMs, signal, lookup }: ProbeOptions,
): Promise<ConnectionProbe> {
  return new Promise((resolve) => {
    let address: string | undefined;
    const named = isIP(host) === 0;
    const socket = connect({ host, port, ...(lookup === undefined ? {} : { lookup }) });
    const end = (failedAt: ConnectionProbe['failedAt'], code?: string): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      socket.destroy();
      resolve({ address, failedAt, code });
    };
    const stage = (): 'name' | 'connection' => (named && address === undefined ? 'name' : 'connection');
    const abort = (): void => end(stage(), 'aborted');
    const timer = setTimeout(() => end(stage(), 'timeout'), timeoutMs);
    signal.addEventListener('abort', abort, { once: true });
    socket.on('lookup', (_error, found) => {
      address ??= found;
    });
    socket.on('connect', () => end(undefined));
    socket.on('error', (error) => end(stage(), codeOf(error)));
  });
}
