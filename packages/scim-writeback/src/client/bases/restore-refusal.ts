import {
  type Diagnostic,
  type ErrorCode,
  GuardError,
  InputError,
  RemoteError,
  UnreachableError,
  UsageError,
} from '@oaa-kit/oaa';
import { createRemoteText, type RemoteText } from '@oaa-kit/oaa/http';
import { z } from 'zod';

const refusalShape = z.object({
  code: z.string(),
  message: z.string(),
  hint: z.string().optional(),
  problems: z
    .array(
      z.object({
        severity: z.enum(['error', 'warning']),
        // A service that is newer may know more of them; they are only shown.
        code: z.string().transform((code) => code as Diagnostic['code']),
        path: z.string(),
        message: z.string(),
        hint: z.string().optional(),
      }),
    )
    .optional(),
  problemsLeft: z.number().optional(),
  removals: z.array(z.object({ kind: z.string(), removed: z.number(), total: z.number() })).optional(),
});

/** What the administration API says of a request that it refuses. */
export type ToldRefusal = z.output<typeof refusalShape>;

/** Undefined for a body that is none of its refusals. */
export function readRefusal(body: unknown): ToldRefusal | undefined {
  return refusalShape.safeParse(body).data;
}

const inputCodes: readonly ErrorCode[] = [
  'json-invalid',
  'payload-invalid',
  'payload-too-large',
  'base-foreign',
  'base-superseded',
];
const usageCodes: readonly ErrorCode[] = ['usage', 'setting-missing', 'setting-invalid'];
/** Of a service that takes nothing for a while, and of what a database on this machine says then. */
const pausingCodes: ReadonlyMap<string, ErrorCode> = new Map([
  ['busy', 'timeout'],
  ['unwritable', 'unreachable'],
]);

/**
 * The error that the refusal would have been if the database were on this machine; the given one for what is about the
 * request (credentials, rates, faults). Its texts are cleaned, like those of the given one.
 *
 * @param secrets what `secretsOf` gives of the client
 */
export function restoreRefusal(error: unknown, refusal: ToldRefusal, secrets: readonly string[]): unknown {
  const show = createRemoteText(secrets);
  const message = show(refusal.message);
  const hint = refusal.hint === undefined ? undefined : show(refusal.hint);
  const pausing = pausingCodes.get(refusal.code);
  if (error instanceof UnreachableError && error.status === 503 && pausing !== undefined) {
    // Said by the service itself: nothing was changed.
    const { status, attempts } = error;
    return new UnreachableError(pausing, message, { hint: hint ?? 'Repeat it in a while.', status, attempts });
  }
  if (!(error instanceof RemoteError) || error.status === 401 || error.status === 403) return error;
  if (refusal.code === 'guard') return new GuardError('guard', message, { hint, removals: refusal.removals });
  const input = inputCodes.find((code) => code === refusal.code);
  if (input !== undefined) return new InputError(input, message, { hint, diagnostics: diagnosticsOf(refusal, show) });
  const usage = error.status === 400 ? usageCodes.find((code) => code === refusal.code) : undefined;
  return usage === undefined ? error : new UsageError(usage, message, { hint });
}

function diagnosticsOf({ problems = [], problemsLeft = 0 }: ToldRefusal, show: RemoteText): readonly Diagnostic[] {
  const told = problems.map(({ severity, code, path, message, hint }): Diagnostic => {
    const problem = { severity, code, path: show(path), message: show(message) };
    return hint === undefined ? problem : { ...problem, hint: show(hint) };
  });
  if (problemsLeft === 0) return told;
  const message = `${problemsLeft.toLocaleString('en-US')} more problems, which the service does not tell.`;
  return [...told, { severity: 'error', code: 'not-validated', path: '$', message }];
}
