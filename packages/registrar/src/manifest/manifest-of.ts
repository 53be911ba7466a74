import { checkName, type DataSource, isBeingDeleted, type Provider, UsageError } from '@oaa-kit/oaa';
import { printableLine } from '@oaa-kit/oaa/cli';
import { type DocumentPath, pathText, toYaml } from '@oaa-kit/oaa/settings';
import { isRecord, own } from '../json.ts';
import { type ImportedConfiguration, importedConfiguration } from './imported-configuration.ts';
import { isShownAsNumber } from './is-shown-as-number.ts';
import { ManifestError } from './manifest-problems.ts';
import { knownWireFields } from './manifest-schema.ts';
import { readManifests } from './read-manifests.ts';
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
    this.#text += `# ${printableLine(text)}\n`;
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

/** A column mapping, without what is null and what no manifest can have. */
function columnMapping(mapping: unknown, referenceTo: (path: KeyPath) => string, lines: Lines): unknown {
  const field = 'csv_mapping_configuration';
  return withReferences(mapping, {
    referenceTo: (path) => referenceTo(['CSV', ...path]),
    says: (item) => item !== null,
    secretKeysOnly: true,
    onLeftOut: (path: DocumentPath, reason) =>
      lines.comment(`${JSON.stringify(pathText([field, ...path]))} is left out: ${reason}`),
  });
}

/** Writes fields that are the same in a manifest and on the wire, where they say anything. */
function writePlainFields(lines: Lines, raw: Values, referenceTo: (path: KeyPath) => string): void {
  const fields: Record<string, unknown> = {};
  for (const key of ['internal_app_name', 'data_plane_id', 'push_type'] as const) {
    const value = own(raw, key);
    const says = typeof value === 'string' ? value !== '' : typeof value === 'number' && value !== 0;
    if (says) fields[key] = value;
  }
  const mapping = own(raw, 'csv_mapping_configuration');
  const columns = isRecord(mapping) ? own(mapping, 'column_mappings') : undefined;
  if (Array.isArray(columns) && columns.length > 0) {
    fields.csv_mapping_configuration = columnMapping(mapping, referenceTo, lines);
  }
  const references = own(raw, 'secret_references');
  if (Array.isArray(references) && references.length > 0) fields.secret_references = references;
  lines.fields(fields);
}

/** Writes the payload templates; what a number stands for is not guessed. */
function writeTemplates(lines: Lines, { templates, raw }: Provider): void {
  for (const key of ['custom_template', 'custom_templates'] as const) {
    const shown = own(raw, key);
    if (![shown].flat().some(isShownAsNumber)) continue;
    lines.comment(`The tenant shows ${key} as ${JSON.stringify(shown)}: write the word for it, such as application.`);
    return;
  }
  if (templates.length > 1) lines.fields({ custom_templates: templates });
  if (templates.length === 1) lines.fields({ custom_template: templates[0] });
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
    else if (typeof template === 'string' && !isShownAsNumber(template)) entries.set(name, { name, template });
    else
      lines.comment(
        `The data source ${JSON.stringify(name)} is left out: the tenant does not say its payload template.`,
      );
  }
  if (entries.size > 0) lines.fields({ data_sources: [...entries.values()] });
}

function writeLifecycle(lines: Lines, { provisioning }: Provider, imported: ImportedConfiguration): void {
  const { type, configuration, comments } = imported;
  const isScim = type === 'SCIM';
  if (isScim && provisioning === undefined) lines.comment('The tenant does not say whether it provisions.');
  if (provisioning !== undefined || isScim) lines.fields({ provisioning: provisioning ?? true });
  for (const comment of comments) lines.comment(comment);
  lines.fields({
    ...(type === undefined ? {} : { external_lifecycle_management_type: type }),
    ...(configuration === undefined ? {} : { configuration }),
  });
}

/** What else stands against reading it back, at its end, so that the rows named are right. */
async function writeProblems(lines: Lines): Promise<void> {
  try {
    await readManifests([{ file: 'imported', text: lines.toString() }]);
  } catch (error) {
    if (!(error instanceof ManifestError)) throw error;
    lines.comment('This cannot be read as it is. To be corrected, at row and column:');
    for (const { row, column, message } of error.problems) lines.comment(`${row}:${column} ${message}`);
  }
}

/**
 * A manifest of a provider that is there, as YAML: read back, it declares what the tenant shows. Secrets become
 * references to environment variables, which are to be set; what the tenant does not show, or shows in a form that no
 * manifest has, is said in a comment, and so is what stands against reading it back.
 *
 * @param provider as `tenant.providers` gives it, with its secrets redacted
 * @param dataSources the data sources of the provider
 */
export async function manifestOf(provider: Provider, dataSources: readonly DataSource[]): Promise<string> {
  const { id, name, templates, raw } = provider;
  const lines = new Lines();
  lines.comment(`The provider ${JSON.stringify(name)} (${JSON.stringify(id)}), as the tenant shows it.`);
  lines.fields({ name, adopt: true });
  writeTemplates(lines, provider);
  const referenceTo = variablesOf(name);
  const imported = importedConfiguration(raw, referenceTo);
  writeLifecycle(lines, provider, imported);
  writePlainFields(lines, raw, referenceTo);
  if (imported.passed !== undefined) lines.fields({ options: { configuration_json: imported.passed } });
  writeDataSources(lines, dataSources, templates);
  const others = Object.keys(raw).filter((key) => !notDeclared.has(key) && !declared.has(key));
  if (others.length > 0) {
    lines.comment(
      `Shown by the tenant, and not known here; under options, where they can be set: ${others.map((key) => JSON.stringify(key)).join(', ')}`,
    );
  }
  await writeProblems(lines);
  return lines.toString();
}
