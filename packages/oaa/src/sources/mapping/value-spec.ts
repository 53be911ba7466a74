import { z } from 'zod';

/** What to do with a reference that names nothing. */
export const unknownPolicies = ['error', 'warning', 'create'] as const;
export type UnknownPolicy = (typeof unknownPolicies)[number];

/** Longer expressions would nest deeper than it is safe to compile. */
const longestText = 4_096;

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const scalarOrList = z.union([scalar, z.array(scalar)]);

const optional = z
  .boolean()
  .optional()
  .describe('true: where a file has no such column, the value is empty. A misspelt name is then not reported.');

const modifiers = {
  optional,
  default: scalarOrList.optional().describe('The value when the column or expression gives nothing.'),
  list: z
    .union([z.string().min(1), z.literal(true)])
    .optional()
    .describe('Split the text at this delimiter into a list; true means the delimiter of the mapping, a comma.'),
  map: z
    .record(z.string(), scalarOrList)
    .optional()
    .describe('Replace texts by others; keys are compared without case.'),
  lookup: z
    .strictObject({
      table: z.string().min(1).describe('A table of the mapping.'),
      unknown: z
        .enum(['error', 'warning', 'keep', 'empty'])
        .default('error')
        .describe('When the table has no such key.'),
    })
    .optional()
    .describe('Replace the text by what a table has for it.'),
  format: z
    .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
    .optional()
    .describe('Forms of a date: "YYYY-MM-DD HH:mm:ss", "epoch", "epoch-ms", "rfc3339" ...; tried in order.'),
  timezone: z
    .string()
    .regex(/^(?:UTC|Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/)
    .optional()
    .describe('The offset of dates that have none: "UTC" (the default) or like "+02:00".'),
  true: z.array(z.string()).optional().describe('Words for true, instead of: true, t, yes, y, 1, active, enabled.'),
  false: z
    .array(z.string())
    .optional()
    .describe('Words for false, instead of: false, f, no, n, 0, inactive, disabled.'),
} as const;

const source = {
  column: z.string().min(1).optional().describe('A column of the row.'),
  columns: z.array(z.string().min(1)).min(1).optional().describe('The first of these columns that is not empty.'),
  expression: z
    .string()
    .min(1)
    .max(longestText)
    .optional()
    .describe('A handlebars expression over the row: "{{lower email}}".'),
  value: scalarOrList.optional().describe('A constant.'),
} as const;

/** What messages say of something that is no value at all. */
export const valueForm = 'needs the name of a column, or more: { column: name }, { value: constant }';

const oneSource = (spec: Readonly<Record<string, unknown>>): boolean =>
  Object.keys(source).filter((key) => spec[key] !== undefined).length === 1;
const oneSourceMessage = 'needs exactly one of column, columns, expression and value';

/**
 * Where a value comes from. A text alone is the name of a column, or a handlebars expression when it has `{{` in it.
 */
export const valueSpecSchema = z
  .union(
    [
      z.string().min(1).max(longestText).describe('The name of a column, or an expression when it has {{ in it.'),
      z
        .strictObject({ ...source, ...modifiers })
        .refine(oneSource, oneSourceMessage)
        .describe('More:'),
    ],
    valueForm,
  )
  .meta({
    id: 'value',
    description:
      'Where a value comes from: exactly one of column, columns, expression and value, and what is done with it.',
  });

export type ValueSpec = z.infer<typeof valueSpecSchema>;

/** A condition on a row: where the value comes from, and what it must be. All tests that are given must hold. */
export const conditionSchema = z
  .strictObject({
    column: source.column,
    columns: source.columns,
    expression: source.expression,
    optional,
    equals: scalar.optional().describe('Compared as text, without regard to case.'),
    notEquals: scalar.optional().describe('Holds also where there is nothing.'),
    oneOf: z.array(scalar).min(1).optional().describe('Equals one of these.'),
    noneOf: z.array(scalar).min(1).optional().describe('Equals none of these.'),
    empty: z.boolean().optional().describe('true: must be empty; false: must not be.'),
  })
  .refine(
    (condition) => oneSource({ ...condition, value: undefined }),
    'needs exactly one of column, columns and expression',
  )
  .refine(
    (condition) =>
      ['equals', 'notEquals', 'oneOf', 'noneOf', 'empty'].some((test) => condition[test as 'empty'] !== undefined),
    'needs a test: equals, notEquals, oneOf, noneOf or empty',
  )
  .meta({ id: 'condition', description: 'A condition on a row. All tests that are given must hold.' });

export type Condition = z.infer<typeof conditionSchema>;
