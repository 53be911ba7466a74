import { expect } from 'vitest';
import type { DiagnosticCode, Severity } from '../diagnostics.ts';
import { validate } from '../validate.ts';
import { completePayload } from './test-payload.ts';

/** Spoils a payload in one way. */
export type Spoil = (payload: ReturnType<typeof completePayload>) => void;

/** One way to spoil the complete payload, and the one problem that must be found then. */
export type Fault = readonly [what: string, spoil: Spoil, severity: Severity, code: DiagnosticCode, path: string];

/** Where faults are: the first application, its first user, the first entry of grants, the first definitions. */
export const faultPaths = {
  eu: '$.applications[0]',
  user: '$.applications[0].local_users[0]',
  grants: '$.identity_to_permissions[0]',
  definitions: '$.custom_property_definition.applications[0]',
} as const;

/** What `validate` finds in the spoilt payload; each message must be a sentence. */
export function problemsOf(spoil: Spoil) {
  const payload = completePayload();
  spoil(payload);
  return validate(payload).map(({ severity, code, path, message }) => {
    expect(message).toMatch(/^["A-Z].*[.?]$/s);
    return { severity, code, path };
  });
}
