import type { z } from 'zod';

export type Issue = z.core.$ZodIssue;

const ofAnotherForm: readonly Issue['code'][] = ['invalid_type', 'invalid_value', 'invalid_union'];

/** How far a branch of a union is from what is there: keys that it does not know, then problems of any kind. */
export function distanceOf(branch: readonly Issue[]): number {
  const unknown = branch.flatMap((issue) =>
    issue.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys : [],
  );
  return unknown.length * 1_000 + branch.length;
}

/** The issues of the branch of a union that was meant, as far as the form of what is there tells. */
function unionIssues(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const meant = branches
    .map(plainIssues)
    .filter((branch) => !branch.some(({ code, path }) => path.length === 0 && ofAnotherForm.includes(code)));
  return meant.sort((left, right) => distanceOf(left) - distanceOf(right))[0];
}

/** Issues with those behind unions in their place. What a wrong key leads to is not told besides the key. */
export function plainIssues(issues: readonly Issue[]): readonly Issue[] {
  const wrongKeys = new Set(
    issues.map(({ code, path }) => (code === 'unrecognized_keys' ? path.join('.') : undefined)),
  );
  return issues.flatMap((issue) => {
    if (issue.code === 'custom' && wrongKeys.has(issue.path.join('.'))) return [];
    const inner = issue.code === 'invalid_union' ? unionIssues(issue.errors) : undefined;
    return inner === undefined
      ? [issue]
      : inner.map((one) => ({ ...one, path: [...issue.path, ...one.path] }) as Issue);
  });
}
