import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { standardProfile } from '../profile.ts';
import { customUrn, customUsers } from '../resource/test-schemas.ts';
import type { ScimObject } from '../schemas/scim-value.ts';
import { readSort } from './read-sort.ts';
import { sortResources } from './test-sort.ts';

function sorted(sortBy: string | undefined, resources: readonly ScimObject[], sortOrder?: string): unknown[] {
  const sort = readSort({ sortBy, sortOrder }, customUsers, standardProfile);
  return sortResources(resources, sort).map(({ id }) => id);
}

/** Resources with the given data and the ids 1, 2, 3 ... */
const numbered = (...data: object[]) => data.map((one, index) => ({ id: String(index + 1), ...one }) as ScimObject);
const custom = (data: object) => ({ [customUrn]: data });

describe('#48 the order', () => {
  test('of strings follows caseExact, by code point (#38)', () => {
    expect(sorted('userName', numbered({ userName: 'b' }, { userName: 'A' }, { userName: 'C' }))).toEqual([
      '2',
      '1',
      '3',
    ]);
    expect(sorted('externalId', numbered({ externalId: 'b' }, { externalId: 'a' }, { externalId: 'C' }))).toEqual([
      '3',
      '2',
      '1',
    ]);
    expect(sorted('userName', numbered({ userName: '\u{1F600}' }, { userName: '\uFFFD' }))).toEqual(['2', '1']);
  });

  test('of dates is by instant', () => {
    const hired = ['2026-01-01T01:00:00+02:00', '2026-01-01T00:00:00Z', '2025-12-31T23:00:00.5Z'];
    expect(sorted(`${customUrn}:hired`, numbered(...hired.map((one) => custom({ hired: one }))))).toEqual([
      '1',
      '3',
      '2',
    ]);
  });

  test('of numbers is by size, and false is before true', () => {
    const grades = [10, 9, -1].map((payGrade) => custom({ payGrade }));
    expect(sorted(`${customUrn}:payGrade`, numbered(...grades))).toEqual(['3', '2', '1']);
    expect(sorted('active', numbered({ active: true }, { active: false }))).toEqual(['2', '1']);
  });

  test('has missing values last when ascending, first when descending', () => {
    const resources = numbered({ title: 'b' }, {}, { title: 'a' }, { name: {} });
    expect(sorted('title', resources)).toEqual(['3', '1', '2', '4']);
    expect(sorted('title', resources, 'descending')).toEqual(['2', '4', '1', '3']);
  });

  test('of several values goes by the primary one, else by the first', () => {
    const resources = numbered(
      { emails: [{ value: 'a' }, { value: 'z', primary: true }] },
      { emails: [{ value: 'm' }, { value: 'a' }] },
      { emails: [{ type: 'work' }] },
    );
    expect(sorted('emails', resources)).toEqual(['2', '1', '3']);
    expect(sorted(`${customUrn}:tags`, numbered(custom({ tags: ['b', 'a'] }), custom({ tags: ['a'] })))).toEqual([
      '2',
      '1',
    ]);
  });

  test('goes down into complex attributes and extensions', () => {
    expect(sorted('name.familyName', numbered({ name: { familyName: 'B' } }, { name: { familyName: 'a' } }))).toEqual([
      '2',
      '1',
    ]);
  });
});

describe('#50 the order is total', () => {
  test('equal resources are in the order of their ids, both ways', () => {
    const resources = [{ id: 'b', title: 'X' }, { id: 'a', title: 'x' }, { id: 'c' }];
    expect(sorted('title', resources)).toEqual(['a', 'b', 'c']);
    expect(sorted('title', resources, 'descending')).toEqual(['c', 'a', 'b']);
    expect(sorted(undefined, resources)).toEqual(['a', 'b', 'c']);
  });

  test('and does not depend on the order before', () => {
    const titles = fc.option(fc.constantFrom('a', 'A', 'b', 'ß', 'Σ', 'ς'), { nil: undefined });
    const resources = fc
      .array(titles, { maxLength: 12 })
      .map((all) =>
        all.map((title, index): ScimObject => ({ id: String(index), ...(title !== undefined && { title }) })),
      );
    const shuffled = resources.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, fc.constantFrom('ascending', 'descending'), ([all, others], order) => {
        expect(sorted('title', others, order)).toEqual(sorted('title', all, order));
      }),
    );
  });
});
