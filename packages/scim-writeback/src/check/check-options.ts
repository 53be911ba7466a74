import type { HttpAuth } from '@oaa-kit/oaa/http';
import type { ConnectionOptions } from '../client/connection-options.ts';
import type { CheckResult } from './check-report.ts';

/** What is checked, and how far the check may go. */
export interface CheckOptions extends Omit<ConnectionOptions, 'retryPolicy'> {
  /** Base URL, as the provider would have it in `scim_url`: `https://scim.example.com/scim/v2`, without `/Users`. */
  readonly url: string;
  /** The credential that the tenant would have. */
  readonly auth: HttpAuth;
  /** Path of the users below the base URL; `Users` unless told otherwise. */
  readonly usersEndpoint?: string | undefined;
  /** Path of the groups below the base URL; `Groups` unless told otherwise. */
  readonly groupsEndpoint?: string | undefined;
  /** Whether the tenant is to read `/Schemas` (`scim_extension_schemas`), which is then needed. */
  readonly extensionSchemas?: boolean | undefined;
  /** Only read: what would write is listed as not tried. */
  readonly readOnly?: boolean | undefined;
  /** Put behind the user names of the check, for services that take e-mail addresses only: `example.com`. */
  readonly userDomain?: string | undefined;
  /** How long to wait for each answer; 30,000 unless told otherwise. */
  readonly timeoutMs?: number | undefined;
  /** Told of each requirement when it is known what became of it. */
  readonly onResult?: ((result: CheckResult) => void) | undefined;
}
