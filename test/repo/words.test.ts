import { describe, expect, test } from 'vitest';
import { findForeignWords } from '../support/foreign-words.ts';
import { projectFiles, readProjectFile } from '../support/repository.ts';

const binary = /[.](png|ico|gz|zip|woff2|sqlite|db)$/;

describe('project files', () => {
  test('name no path of a workplace and no registry host', () => {
    const found = projectFiles()
      .filter((file) => !binary.test(file))
      .flatMap((file) => findForeignWords(readProjectFile(file)).map(({ line, what }) => `${file}:${line} ${what}`));
    expect(found).toEqual([]);
  });

  test('hold no key', () => {
    const key = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;
    const found = projectFiles().filter((file) => !binary.test(file) && key.test(readProjectFile(file)));
    expect(found.filter((file) => !file.includes('/fixtures/'))).toEqual([]);
  });
});
