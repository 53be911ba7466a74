import { describe, expect, test } from 'vitest';
import { tagProblem } from './tags.ts';

describe('a tag', () => {
  test.each([
    ['tag1', 'This is a value @,-_.'],
    ['lettér123_', ''],
    ['Ⅷ', 'größe\t1'],
    ['k'.repeat(255), 'v'.repeat(4_096)],
  ])('may be %j: %j', (key, value) => {
    expect(tagProblem({ key, value })).toBeUndefined();
  });

  test.each([
    ['', 'v', 'Tag key "" may hold only letters, digits and "_"'],
    ['a b', 'v', 'Tag key "a b" may hold only letters, digits and "_"'],
    ['a-b', 'v', 'Tag key "a-b" may hold only letters, digits and "_"'],
    ['a\n', 'v', 'Tag key "a\\n" may hold only letters, digits and "_"'],
    ['a', 'b;c', 'Tag value "b;c" may hold only letters, digits, white space and "_ , @ . -"'],
    ['é'.repeat(128), 'v', 'Tag key is longer than 255 bytes'],
    ['a', 'é'.repeat(2_049), 'Tag value is longer than 4096 bytes'],
  ])('may not be %j: %j', (key, value, problem) => {
    expect(tagProblem({ key, value })).toBe(problem);
  });
});
