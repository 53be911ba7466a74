import { projectFiles, readProjectFile } from './repository.ts';

/** First arguments that are texts, of `test(` and of `test.each(...)(`. */
const title = /(?:\btest\(|\)\()\s*(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)")/g;

/** The titles of the tests in a folder of the project, by file, as they are written. */
export function testTitles(folder: string): readonly { readonly file: string; readonly title: string }[] {
  return testFiles(folder).flatMap((file) =>
    [...readProjectFile(file).matchAll(title)].map((match) => ({
      file,
      title: (match[1] ?? match[2] ?? '').replaceAll(/\\(.)/g, '$1'),
    })),
  );
}

/** Tests of a folder that do not run, or that are said to fail. */
export function disabledTests(folder: string): readonly string[] {
  const disabled = /\b(?:test|it|describe)[.](?:skip|skipIf|runIf|todo|only|fails)\b/;
  return testFiles(folder).filter((file) => disabled.test(readProjectFile(file)));
}

function testFiles(folder: string): readonly string[] {
  return projectFiles().filter((file) => file.startsWith(`${folder}/`) && file.endsWith('.test.ts'));
}
