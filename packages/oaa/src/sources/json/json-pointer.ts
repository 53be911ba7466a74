import { sourceError } from '../source-problem.ts';

/**
 * The steps of a JSON pointer (RFC 6901 s3): `/a~1b/0` is `a/b`, then `0`. The empty text is the root.
 * @throws InputError when it does not begin with a slash, or has a `~` that is neither `~0` nor `~1`
 */
export function parseJsonPointer(pointer: string, file: string): readonly string[] {
  if (pointer === '') return [];
  if (!pointer.startsWith('/') || /~(?![01])/.test(pointer)) {
    throw sourceError(
      'unknown-value',
      { file },
      `"${pointer}" is not a JSON pointer.`,
      'Write it like /data/users; ~1 stands for a slash in a key and ~0 for a tilde.',
    );
  }
  return pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The pointer of these steps. */
export function formatJsonPointer(steps: readonly string[]): string {
  return steps.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
