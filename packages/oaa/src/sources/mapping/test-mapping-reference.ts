import { z } from 'zod';
import { mappingSchema } from './mapping-schema.ts';

/** The parts of a JSON Schema (2020-12) that the reference page is made from. */
interface JsonSchema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly description?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

/** The JSON Schema of the mapping file, as editors take it. */
export function mappingJsonSchema(): JsonSchema {
  const { $schema, ...schema } = z.toJSONSchema(mappingSchema, { io: 'input' });
  const title = 'Source mapping of oaa-kit: how rows of files become the entities of a payload';
  return { $schema, title, ...schema } as JsonSchema;
}

/** Options of the schema that have no description, by their path. */
export function undescribedOptions(schema: JsonSchema = mappingJsonSchema()): string[] {
  const found: string[] = [];
  const visit = (part: JsonSchema, path: string) => {
    for (const [key, option] of Object.entries(part.properties ?? {})) {
      if (option.description === undefined) found.push(`${path}.${key}`);
      visit(option, `${path}.${key}`);
    }
    if (part.items !== undefined) visit(part.items, `${path}[]`);
    for (const choice of part.anyOf ?? []) visit(choice, path);
    if (typeof part.additionalProperties === 'object') visit(part.additionalProperties, `${path}.*`);
  };
  visit(schema, '$');
  for (const [name, part] of Object.entries(schema.$defs ?? {})) visit(part, name);
  return found;
}

function code(value: unknown): string {
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}

/** What may stand in a place, in a few words. */
function typeOf(schema: JsonSchema): string {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.replace('#/$defs/', '');
    return `[${name}](#${name.toLowerCase()})`;
  }
  if (schema.const !== undefined) return code(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(code).join(' ');
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.map(typeOf))].join(' or ');
  if (schema.type === 'array') return `list of ${typeOf(schema.items ?? {})}`;
  if (schema.properties !== undefined) return 'object';
  if (typeof schema.additionalProperties === 'object') return `${typeOf(schema.additionalProperties)} by name`;
  return schema.type === 'string' ? 'text' : (schema.type ?? 'anything');
}

/** The object behind lists and names, whose own options follow in the same table. */
function innerObject(schema: JsonSchema): { readonly schema: JsonSchema; readonly step: string } | undefined {
  if (schema.properties !== undefined) return { schema, step: '.' };
  if (schema.items?.properties !== undefined) return { schema: schema.items, step: '[].' };
  const { additionalProperties } = schema;
  if (typeof additionalProperties === 'object' && additionalProperties.properties !== undefined) {
    return { schema: additionalProperties, step: '.*.' };
  }
  const choice = schema.anyOf?.find(({ properties }) => properties !== undefined);
  return choice === undefined ? undefined : { schema: choice, step: '.' };
}

function rows(schema: JsonSchema, prefix: string): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, option]) => {
    const needed = schema.required?.includes(key) === true ? ', required' : '';
    const usual = option.default === undefined ? '' : ` (${code(option.default)} unless told otherwise)`;
    const about = (option.description ?? '').replaceAll('|', '\\|');
    const inner = innerObject(option);
    const more = inner === undefined ? [] : rows(inner.schema, `${prefix}${key}${inner.step}`);
    return [`| \`${prefix}${key}\` | ${typeOf(option)}${needed} | ${about}${usual} |`, ...more];
  });
}

function table(schema: JsonSchema): string[] {
  const all = rows(schema, '');
  return all.length === 0 ? [] : ['', '| key | value | what it says |', '|---|---|---|', ...all];
}

function section(name: string, schema: JsonSchema): string[] {
  const lines = ['', `## ${name}`, '', schema.description ?? ''];
  if (schema.anyOf === undefined) return [...lines, ...table(schema)];
  const simple = schema.anyOf.filter(({ properties }) => properties === undefined);
  const objects = schema.anyOf.filter(({ properties }) => properties !== undefined);
  const ways = simple.map(
    (choice) => `- ${typeOf(choice)}${choice.description === undefined ? '' : `: ${choice.description}`}`,
  );
  return [...lines, '', ...ways, ...(objects.length > 0 ? ['- an object:'] : []), ...objects.flatMap(table)];
}

/** The reference page of the mapping file. */
export function mappingReference(): string {
  const schema = mappingJsonSchema();
  const order = [
    'source',
    'item',
    'user',
    'group',
    'role',
    'permission',
    'resource',
    'accessCredential',
    'idpIdentity',
    'assignment',
  ];
  const names = Object.keys(schema.$defs ?? {});
  const sorted = [...order, ...names.filter((name) => !order.includes(name))];
  return [
    '# The mapping file',
    '',
    'A source mapping says how rows of CSV, JSON and NDJSON files become the entities of a payload. It is YAML, or JSON where',
    'its name ends in `.json`. This page is made from its schema; do not edit it. For editors there is the same as JSON Schema:',
    '[schemas/mapping.schema.json](../schemas/mapping.schema.json), in the published package under `dist/schemas/`. With the',
    'YAML language server, begin a mapping with:',
    '',
    '```yaml',
    '# yaml-language-server: $schema=./node_modules/@oaa-kit/oaa/dist/schemas/mapping.schema.json',
    '```',
    ...table(schema),
    ...sorted.flatMap((name) => section(name, schema.$defs?.[name] ?? {})),
    '',
  ].join('\n');
}
