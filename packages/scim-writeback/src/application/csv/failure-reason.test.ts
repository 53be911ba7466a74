import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { failureReason } from './failure-reason.ts';

function errorOf(work: () => void): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('It did not fail.');
}

test('a full disk is told as that, also where the lock is what has no room', () => {
  using database = new DatabaseSync(':memory:');
  database.exec('PRAGMA max_page_count = 1');
  const error = errorOf(() => database.exec('CREATE TABLE one (id); CREATE TABLE two (id);'));
  expect(failureReason(error)).toBe('the disk is full');
});

test('a lock that cannot be opened is told as that', () => {
  expect(failureReason(errorOf(() => new DatabaseSync('/no/such/folder/lock')))).toBe('the lock cannot be opened');
});

test('what the system says otherwise is told by its code', () => {
  expect(failureReason(Object.assign(new Error('?'), { code: 'EMFILE' }))).toBe('the system says EMFILE');
});

test('a mistake of ours is thrown on', () => {
  const mistake = new TypeError('undefined is not a function');
  expect(() => failureReason(mistake)).toThrow(mistake);
});
