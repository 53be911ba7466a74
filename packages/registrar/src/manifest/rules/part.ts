import type { PositionedDocument } from '@oaa-kit/oaa/settings';
import type { Report } from '../manifest-problems.ts';
import type { ProviderManifest } from '../manifest-schema.ts';

/** What a rule looks at: one provider in its environment, of the right shape. */
export interface Part {
  readonly manifest: ProviderManifest;
  /** Where it stands, and where a field of it does. */
  readonly document: PositionedDocument;
  readonly report: Report;
  /** Absolute folder that relative paths begin at. */
  readonly folder: string;
  readonly now: Date;
  /** http:// is taken for hosts other than this machine, too. */
  readonly allowHttp: boolean;
  /** Whether a field comes from the environment and not from the provider itself. */
  readonly isOverride: (key: keyof ProviderManifest) => boolean;
}

/** Parts of the client's document that rules come from. */
export const source = {
  fields: 'rule: OAA with SCIM Lifecycle Management, Required Fields',
  configuration: 'rule: OAA with SCIM Lifecycle Management, Configuration JSON Parameters',
  csv: 'rule: CSV upload, csv_mapping_configuration',
  restPayload: 'rule: Custom Application with Send REST Payload',
} as const;
