import type { FieldViolation } from '@oaa-kit/oaa';
import type { z } from 'zod';
import { invalidArguments } from './refusals.ts';
import { shorten } from './text.ts';

function fieldOf(path: readonly PropertyKey[]): string {
  return path.filter((segment) => typeof segment === 'string').join('.');
}

function violationsOf(issue: z.core.$ZodIssue): FieldViolation[] {
  const field = fieldOf(issue.path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      field: shorten(field === '' ? key : `${field}.${key}`, 200),
      description: `Unknown field (${shorten(key, 100)})`,
    }));
  }
  const isMissing = issue.path.length > 0 && 'input' in issue && issue.input === undefined;
  if (isMissing) return [{ field, description: 'Required field is missing' }];
  return [{ field: field === '' ? 'body' : field, description: issue.message }];
}

/**
 * Checks a request body.
 * @throws ApiError 400 with one violation per problem.
 */
export function parseBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const result = schema.safeParse(body ?? {}, { reportInput: true });
  if (result.success) return result.data;
  throw invalidArguments(result.error.issues.flatMap(violationsOf).slice(0, 50));
}
