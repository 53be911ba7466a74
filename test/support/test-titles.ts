import { projectFiles, readProjectFile } from './repository.ts';

/** The first argument of `test(` or `test.each(...)(`, where it is a text. */
const title = /\btest(?:[.]each(?:<[^(]*>)?\([\s\S]*?\))?\(\s*(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)")/g;

const disabled = /\b(?:test|it|describe)[.](?:skip|skipIf|runIf|todo|only|fails)\b/;

/** The titles of the tests in a source file, as they are written. */
export function findTestTitles(source: string): readonly string[] {
  return [...source.matchAll(title)].map((match) => (match[1] ?? match[2] ?? '').replaceAll(/\\(.)/g, '$1'));
}

/** Whether a source file has tests that do not run, or that are said to fail. */
export function hasDisabledTests(source: string): boolean {
  return disabled.test(source);
}

/** The titles of the tests in a folder of the project, by file. */
export function testTitles(folder: string): readonly { readonly file: string; readonly title: string }[] {
  return testFiles(folder).flatMap((file) =>
    findTestTitles(readProjectFile(file)).map((found) => ({ file, title: found })),
  );
}

/** Files of a folder with tests that do not run. */
export function disabledTests(folder: string): readonly string[] {
  return testFiles(folder).filter((file) => hasDisabledTests(readProjectFile(file)));
}

function testFiles(folder: string): readonly string[] {
  return projectFiles().filter((file) => file.startsWith(`${folder}/`) && file.endsWith('.test.ts'));
}
