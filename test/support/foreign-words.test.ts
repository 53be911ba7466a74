import { describe, expect, test } from 'vitest';
import { findForeignWords } from './foreign-words.ts';

/** Written in two pieces, so that this file passes its own check. */
const slash = '/';

describe('findForeignWords', () => {
  test.each([
    [`${slash}home${slash}builder/project`, `${slash}home${slash}builder`],
    [`file://${slash}Users${slash}builder${slash}code`, `${slash}Users${slash}builder${slash}code`],
    [`"${slash}work${slash}main"`, `${slash}work${slash}main`],
    [`https://${'registry'}.npmjs.org/x`, `${'registry'}.npmjs`],
    [`    ${'tarball'}: https://example.com/x.tgz`, `${'tarball'}: `],
    [`https://build.${'corp'}/`, `build.${'corp'}`],
  ])('reports %s', (text, what) => {
    expect(findForeignWords(`\n${text}`)).toEqual([{ line: 2, what }]);
  });

  test.each([
    'https://example.com/home/page',
    'src/work/queue.ts',
    'scim.example.com',
    '~/work/x',
    '$HOME/work/x',
    '/home/jane/x',
    `${slash}Users${slash}2819c223`,
  ])('lets %s pass', (text) => {
    expect(findForeignWords(text)).toEqual([]);
  });
});
