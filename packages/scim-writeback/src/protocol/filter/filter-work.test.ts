import { afterEach, describe, expect, test, vi } from 'vitest';
import { ScimError } from '../errors/scim-error.ts';
import { standardProfile } from '../profile.ts';
import type { ScimObject } from '../schemas/scim-value.ts';
import { compileFilter } from './compile-filter.ts';
import { parseFilter } from './parse-filter.ts';
import { stored } from './test-matches.ts';
import { users } from './test-resource-type.ts';

/** How often a character is looked at, and how many are copied, while a text is read. */
function readingsOf(text: string): number {
  let readings = 0;
  const count = <Name extends 'charCodeAt' | 'codePointAt' | 'slice'>(name: Name) => {
    const original = String.prototype[name] as (...given: unknown[]) => unknown;
    function counting(this: string, ...given: unknown[]): unknown {
      const answer = Reflect.apply(original, this, given);
      readings += typeof answer === 'string' ? answer.length : 1;
      return answer;
    }
    vi.spyOn(String.prototype, name).mockImplementation(counting as never);
  };
  count('charCodeAt');
  count('codePointAt');
  count('slice');
  try {
    parseFilter(text, standardProfile);
  } catch (error) {
    if (!(error instanceof ScimError)) throw error;
  } finally {
    vi.restoreAllMocks();
  }
  return readings;
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('reading a filter looks at each character a few times', () => {
  const size = 4_000;
  const filled = (unit: string) => unit.repeat(Math.floor(size / unit.length));
  test.each([
    ['a long string', `userName eq "${filled('a')}"`],
    ['a string of escapes', `userName eq "${filled('\\u00e9')}"`],
    ['a string of escaped backslashes', `userName eq "${filled('\\\\')}"`],
    ['a string of escaped quotes', `userName eq "${filled('\\"')}"`],
    ['a string without end', `userName eq "${filled('\\"')}`],
    ['a long word', filled('a')],
    ['a long path', `${filled('a.')} pr`],
    ['a long URN', `urn:${filled('a:')}b pr`],
    ['a word as value', `userName eq ${filled('x')}`],
    ['digits', `userName eq ${filled('1')}`],
    ['many terms', filled('a pr or a.b eq "x" and ')],
    ['parentheses side by side', filled('(id pr)and')],
    ['parentheses within each other', filled('(')],
    ['white space', `userName${filled(' ')}pr`],
    ['brackets', filled('a[b pr]or ')],
  ])('%s', (_, text) => {
    expect(readingsOf(text)).toBeLessThan(12 * text.length + 200);
    // The counter is alive, and half the text is not much less than half the work.
    expect(readingsOf(text)).toBeGreaterThan(Math.min(text.length, 100));
  });
});

describe('evaluating a filter', () => {
  /** How often a property of the resource or of one of its values is read. */
  function readsOf(text: string, resource: object): number {
    let reads = 0;
    const counted = <Value extends object>(value: Value): Value =>
      new Proxy(value, {
        get: (target, key, receiver) => {
          reads += 1;
          const answer: unknown = Reflect.get(target, key, receiver);
          return typeof answer === 'object' && answer !== null ? counted(answer) : answer;
        },
      });
    const predicate = compileFilter(parseFilter(text, standardProfile), users, standardProfile);
    predicate(counted(stored(resource)) as ScimObject);
    return reads;
  }

  test('does not multiply out: 14 groups of alternatives cost 14 times as much as one', () => {
    const group = '(title eq "a" or nickName eq "b" or userName pr)';
    const resource = { userName: 'x', title: 'y', nickName: 'z' };
    const one = readsOf(group, resource);
    const many = readsOf(Array.from({ length: 14 }, () => group).join(' and '), resource);
    expect(many).toBe(14 * one);
  });

  test('grows with the values times the terms of their brackets', () => {
    const emails = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ value: `v${index}`, type: 'work' }));
    const filter = 'emails[type eq "home" or (value eq "a" and type eq "work") or not (value sw "v")]';
    const [ten, hundred] = [readsOf(filter, { emails: emails(10) }), readsOf(filter, { emails: emails(100) })];
    expect(hundred).toBeLessThanOrEqual(10 * ten);
    expect(hundred).toBeGreaterThan(100);
  });

  test('stops at the first value that matches', () => {
    const emails = Array.from({ length: 1_000 }, (_, index) => ({ value: `v${index}` }));
    expect(readsOf('emails.value eq "v0"', { emails })).toBeLessThan(20);
  });
});
