import type { z } from 'zod';
import { didYouMean } from '../errors/index.ts';
import { distanceOf, type Issue, plainIssues } from './plain-issues.ts';
import type { DocumentPath, DocumentProblem, PositionedDocument } from './positioned-document.ts';

interface AnySchema {
  readonly def: {
    readonly type: string;
    readonly shape?: Readonly<Record<string, AnySchema>>;
    readonly innerType?: AnySchema;
    readonly element?: AnySchema;
    readonly valueType?: AnySchema;
    readonly options?: readonly AnySchema[];
    readonly in?: AnySchema;
    readonly getter?: () => AnySchema;
  };
}

/** The object schemas behind wrappers and unions. */
function unwrap(schema: AnySchema | undefined): AnySchema[] {
  if (schema === undefined) return [];
  const { def } = schema;
  if (def.type === 'lazy') return unwrap(def.getter?.());
  if (def.type === 'union') return (def.options ?? []).flatMap(unwrap);
  const inner = def.innerType ?? def.in;
  return inner === undefined ? [schema] : unwrap(inner);
}

function step(schema: AnySchema, segment: string | number): AnySchema[] {
  const { shape, element, valueType } = schema.def;
  const child = shape !== undefined && Object.hasOwn(shape, segment) ? shape[segment] : (element ?? valueType);
  return unwrap(child);
}

/** Whether another branch of a union was meant: one of its keys has one value only, and this is another one. */
function isRuledOut({ def: { shape = {} } }: AnySchema, value: unknown): boolean {
  return Object.entries(shape).some(([key, schema]) => {
    const given = valueAt(value, [key]);
    return (
      schema.def.type === 'literal' && given !== undefined && !(schema as unknown as z.ZodType).safeParse(given).success
    );
  });
}

/** The schemas, one or those of a union, that the value at a path may fit. */
function schemasAt(schema: z.ZodType, path: DocumentPath, root: unknown): AnySchema[] {
  let schemas = unwrap(schema as unknown as AnySchema);
  for (const segment of path) schemas = schemas.flatMap((candidate) => step(candidate, segment));
  const value = valueAt(root, path);
  const meant = schemas.filter((candidate) => !isRuledOut(candidate, value));
  return meant.length > 0 ? meant : schemas;
}

/** The keys that a schema knows at a path. */
function knownKeys(schema: z.ZodType, path: DocumentPath, root: unknown): string[] {
  return [...new Set(schemasAt(schema, path, root).flatMap((candidate) => Object.keys(candidate.def.shape ?? {})))];
}

/** A path as messages write it: `rows[0].column`. */
export function pathText(path: DocumentPath): string {
  return path
    .map((segment, index) => (typeof segment === 'number' ? `[${segment}]` : `${index === 0 ? '' : '.'}${segment}`))
    .join('');
}

function valueAt(value: unknown, path: DocumentPath): unknown {
  let current = value;
  for (const segment of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, segment)) return undefined;
    current = (current as Record<string | number, unknown>)[segment];
  }
  return current;
}

/**
 * A union stops at its first branch of the right form: where that one does not know a key, another one may be nearer.
 * Gives the issues of the nearest branch.
 */
function nearestIssues(issue: Issue, schema: z.ZodType, root: unknown): readonly Issue[] {
  const path = issue.path.map((segment) => (typeof segment === 'number' ? segment : String(segment)));
  const branches = schemasAt(schema, path, root).filter(({ def }) => def.shape !== undefined);
  if (issue.code !== 'unrecognized_keys' || branches.length < 2) return [issue];
  const value = valueAt(root, path);
  const issues = branches.map((branch) =>
    plainIssues((branch as unknown as z.ZodType).safeParse(value).error?.issues ?? []),
  );
  const [nearest = []] = issues.sort((left, right) => distanceOf(left) - distanceOf(right));
  return nearest.map((one) => ({ ...one, path: [...issue.path, ...one.path] }) as Issue);
}

/**
 * Checks a document against a schema. Every problem has its position; an unknown key comes with the nearest known one.
 * Use strict objects in the schema, or unknown keys go unseen. Values are never shown: they may be secret.
 */
export function shapeProblems(document: PositionedDocument, schema: z.ZodType): DocumentProblem[] {
  const result = schema.safeParse(document.value);
  if (result.success) return [];
  const issues = plainIssues(result.error.issues).flatMap((issue) => nearestIssues(issue, schema, document.value));
  const problems = issues.flatMap((issue): DocumentProblem[] => {
    const path = issue.path.map((segment) => (typeof segment === 'number' ? segment : String(segment)));
    if (issue.code === 'unrecognized_keys') {
      const known = knownKeys(schema, path, document.value);
      return issue.keys.map((key) => ({
        ...document.positionOf([...path, key], 'key'),
        message: `unknown key "${pathText([...path, key])}".${didYouMean(key, known) || ` Known here: ${known.join(', ')}.`}`,
      }));
    }
    const isMissing = path.length > 0 && valueAt(document.value, path) === undefined;
    const where = path.length === 0 ? 'the document' : `"${pathText(path)}"`;
    const message = isMissing ? `${where} is missing` : `${where}: ${issue.message}`;
    return [{ ...document.positionOf(path), message }];
  });
  // Branches of a union may say the same.
  return [
    ...new Map(problems.map((problem) => [`${problem.row}:${problem.column}:${problem.message}`, problem])).values(),
  ];
}
