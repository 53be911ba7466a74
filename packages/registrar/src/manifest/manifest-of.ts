import { checkName, type DataSource, isBeingDeleted, type Provider, UsageError } from '@oaa-kit/oaa';
import { toYaml } from '@oaa-kit/oaa/settings';
import { isRecord, own } from '../json.ts';
import { importedConfiguration } from './imported-configuration.ts';
import { knownWireFields } from './manifest-schema.ts';
import { readOnlyFields } from './tenant-fields.ts';
import { type KeyPath, withReferences } from './with-references.ts';

type Values = Readonly<Record<string, unknown>>;

/** Fields of the tenant's answer that no manifest has: what the tenant alone writes, and whose the provider is. */
const notDeclared: ReadonlySet<string> = new Set([...readOnlyFields, 'rbac_id', 'team_id']);
const declared: ReadonlySet<string> = new Set([...Object.keys(knownWireFields), 'configuration_json']);

/** Lines of the manifest: fields, and what is said of them. */
class Lines {
  #text = '';

  comment(text: string): void {
    this.#text += `# ${text}\n`;
  }

  fields(values: Values): void {
    if (Object.keys(values).length > 0) this.#text += toYaml(values);
  }

  toString(): string {
    return this.#text;
  }
}

/** Upper case, for the name of an environment variable; empty where nothing of a text can be in one. */
function variableWord(text: string): string {
  return text
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
}

/**
 * References to environment variables by path: `env:OAA_MY_APP_SCIM_TOKEN`, each of another name. They begin with OAA_,
 * since a `GITHUB_TOKEN` or `AWS_SECRET_ACCESS_KEY` that is set for other programs would be sent to the tenant.
 */
function variablesOf(name: string): (path: KeyPath) => string {
  const paths = new Map<string, string>();
  return (path) => {
    const words = ['OAA', variableWord(name) || 'PROVIDER', ...path.map(variableWord)].filter((word) => word !== '');
    const base = words.join('_');
    const own = JSON.stringify(path);
    let variable = base;
    for (let more = 2; (paths.get(variable) ?? own) !== own; more += 1) variable = `${base}_${more}`;
    paths.set(variable, own);
    return `env:${variable}`;
  };
}

/** Fields that are the same in a manifest and on the wire, where they say anything. */
function plainFields(raw: Values, referenceTo: (path: KeyPath) => string): Values {
  const fields: Record<string, unknown> = {};
  for (const key of ['internal_app_name', 'data_plane_id', 'push_type'] as const) {
    const value = own(raw, key);
    const says = typeof value === 'string' ? value !== '' : typeof value === 'number' && value !== 0;
    if (says) fields[key] = value;
  }
  const mapping = own(raw, 'csv_mapping_configuration');
  const columns = isRecord(mapping) ? own(mapping, 'column_mappings') : undefined;
  if (Array.isArray(columns) && columns.length > 0) {
    // A manifest leaves out what is null.
    const options = {
      referenceTo,
      keeps: (item: unknown, key: string | undefined) => key === undefined || item !== null,
    };
    fields.csv_mapping_configuration = withReferences(mapping, options, ['CSV']);
  }
  const references = own(raw, 'secret_references');
  if (Array.isArray(references) && references.length > 0) fields.secret_references = references;
  return fields;
}

function isName(name: string): boolean {
  try {
    checkName('data source', name);
    return true;
  } catch (error) {
    if (error instanceof UsageError) return false;
    throw error;
  }
}

function writeDataSources(lines: Lines, dataSources: readonly DataSource[], templates: readonly string[]): void {
  const entries = new Map<string, unknown>();
  for (const dataSource of dataSources) {
    if (isBeingDeleted(dataSource)) continue;
    const { name, raw } = dataSource;
    const template = own(raw, 'custom_template');
    if (!isName(name)) {
      lines.comment(
        `The data source ${JSON.stringify(name)} is left out: its name has characters that no request may have.`,
      );
    } else if (templates.length < 2) entries.set(name, name);
    else if (typeof template === 'string') entries.set(name, { name, template });
    else
      lines.comment(
        `The data source ${JSON.stringify(name)} is left out: the tenant does not say its payload template.`,
      );
  }
  if (entries.size > 0) lines.fields({ data_sources: [...entries.values()] });
}

/**
 * A manifest of a provider that is there, as YAML: read back, it declares what the tenant shows. Secrets become
 * references to environment variables, which are to be set; what the tenant does not show, or shows in a form that no
 * manifest has, is said in a comment.
 *
 * @param provider as `tenant.providers` gives it, with its secrets redacted
 * @param dataSources the data sources of the provider
 */
export function manifestOf(provider: Provider, dataSources: readonly DataSource[]): string {
  const { id, name, templates, provisioning, raw } = provider;
  const lines = new Lines();
  lines.comment(`The provider ${JSON.stringify(name)} (${JSON.stringify(id)}), as the tenant shows it.`);
  lines.fields({
    name,
    adopt: true,
    ...(templates.length > 1 ? { custom_templates: templates } : {}),
    ...(templates.length === 1 ? { custom_template: templates[0] } : {}),
  });
  const referenceTo = variablesOf(name);
  const imported = importedConfiguration(raw, referenceTo);
  const isScim = imported.type === 'SCIM';
  if (isScim && provisioning === undefined) lines.comment('The tenant does not say whether it provisions.');
  if (provisioning !== undefined || isScim) lines.fields({ provisioning: provisioning ?? true });
  for (const comment of imported.comments) lines.comment(comment);
  lines.fields({
    ...(imported.type === undefined ? {} : { external_lifecycle_management_type: imported.type }),
    ...(imported.configuration === undefined ? {} : { configuration: imported.configuration }),
  });
  lines.fields(plainFields(raw, referenceTo));
  if (imported.passed !== undefined) lines.fields({ options: { configuration_json: imported.passed } });
  writeDataSources(lines, dataSources, templates);
  const others = Object.keys(raw).filter((key) => !notDeclared.has(key) && !declared.has(key));
  if (others.length > 0) {
    lines.comment(
      `Shown by the tenant, and not known here; under options, where they can be set: ${others.map((key) => JSON.stringify(key)).join(', ')}`,
    );
  }
  return lines.toString();
}
