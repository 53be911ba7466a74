import { isSecretKey } from '@oaa-kit/oaa';
import { type DocumentPath, pathText } from '@oaa-kit/oaa/settings';
import { isRecord } from '../json.ts';
import { isShownAsNumber } from './is-shown-as-number.ts';
import { scimKeys } from './manifest-schema.ts';
import { type KeyPath, withReferences } from './with-references.ts';

type Values = Readonly<Record<string, unknown>>;

/** What a manifest says of the lifecycle management and the `configuration_json` that a tenant shows. */
export interface ImportedConfiguration {
  readonly type: string | undefined;
  readonly configuration: Values | undefined;
  /** What is passed through, because `configuration` cannot say it. */
  readonly passed: Values | undefined;
  readonly comments: readonly string[];
}

function parse(text: unknown): Values | undefined {
  if (typeof text !== 'string') return isRecord(text) ? text : undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Secrets that are empty are none, nor are such keys of the SCIM client. */
function says(item: unknown, key: string, path: DocumentPath): boolean {
  if (item !== '' && item !== null) return true;
  return !isSecretKey(key) && !(path.length === 1 && scimKeys.includes(key));
}

/** The configuration as a manifest can have it, and what is to be said of the rest. */
function declarable(
  shown: Values,
  referenceTo: (path: KeyPath) => string,
): { readonly all: Values; readonly comments: readonly string[] } {
  const comments: string[] = [];
  const onLeftOut = (path: DocumentPath, reason: string): void => {
    comments.push(`${JSON.stringify(pathText(path))} is left out: ${reason}`);
  };
  const all = withReferences(shown, { referenceTo, says, onLeftOut }) as Values;
  if (comments.length > 0) {
    comments.push('What is left out of the configuration goes with the next apply: the tenant replaces it as a whole.');
  }
  return { all, comments };
}

/** `SCIM` and others as they are; a number in their place can be told for SCIM only, by its configuration. */
function typeOf(
  raw: unknown,
  configuration: Values | undefined,
): { readonly type?: string; readonly comment?: string } {
  if (raw === undefined || raw === null || raw === '' || raw === 0) return {};
  if (typeof raw === 'string' && !isShownAsNumber(raw)) return { type: raw };
  const shown = `The tenant shows external_lifecycle_management_type as ${JSON.stringify(raw)}`;
  return configuration !== undefined && Object.hasOwn(configuration, 'scim_url')
    ? { type: 'SCIM', comment: `${shown}; by its configuration it is SCIM.` }
    : { comment: `${shown}: write the word for it, such as SCIM.` };
}

/** The credential that a tenant keeps to itself. */
function hiddenCredential(configuration: Values, referenceTo: (path: KeyPath) => string): Values {
  if (Object.hasOwn(configuration, 'username')) {
    return Object.hasOwn(configuration, 'password') ? {} : { password: referenceTo(['password']) };
  }
  const hasOne = Object.hasOwn(configuration, 'scim_token') || Object.hasOwn(configuration, 'password');
  return hasOne ? {} : { scim_token: referenceTo(['scim_token']) };
}

/**
 * Reads lifecycle management and configuration out of a provider's redacted answer.
 *
 * @param referenceTo the secret reference for a path in the configuration
 */
export function importedConfiguration(raw: Values, referenceTo: (path: KeyPath) => string): ImportedConfiguration {
  const text = Object.hasOwn(raw, 'configuration_json') ? raw.configuration_json : undefined;
  const shown = parse(text);
  const { type, comment } = typeOf(raw.external_lifecycle_management_type, shown);
  const comments = comment === undefined ? [] : [comment];
  const found = shown === undefined ? undefined : declarable(shown, referenceTo);
  comments.push(...(found?.comments ?? []));
  const all = found?.all;
  if (all === undefined && typeof text === 'string' && text !== '') {
    comments.push('The tenant has a configuration_json that is no JSON object; it is not shown here.');
  }
  if (type !== 'SCIM') {
    // Keys of the SCIM client are refused where they mean nothing, and a configuration has a type.
    const fits = type !== undefined && !Object.keys(all ?? {}).some((key) => scimKeys.includes(key));
    const some = all !== undefined && Object.keys(all).length > 0 ? all : undefined;
    return { type, configuration: fits ? some : undefined, passed: fits ? undefined : some, comments };
  }
  const entries = Object.entries(all ?? {});
  const known = Object.fromEntries(entries.filter(([key]) => scimKeys.includes(key)));
  const others = Object.fromEntries(entries.filter(([key]) => !scimKeys.includes(key)));
  const isKnown = Object.keys(known).length > 0;
  const hidden = isKnown ? hiddenCredential(known, referenceTo) : {};
  if (!isKnown) comments.push('The tenant does not show the configuration: write scim_url and the credential into it.');
  for (const key of Object.keys(hidden))
    comments.push(`The tenant does not show ${key}: this is how it might be given.`);
  return {
    type,
    configuration: { ...known, ...hidden },
    passed: Object.keys(others).length > 0 ? others : undefined,
    comments,
  };
}
