import { join } from 'node:path';
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import { expect, test } from 'vitest';
import { findImpurities } from '../support/impurities.ts';
import { projectFiles, readProjectFile, repositoryRoot } from '../support/repository.ts';

const { ruleSet } = await extractDepcruiseOptions(join(repositoryRoot, '.dependency-cruiser.js'));
const { path, pathNot } =
  ruleSet?.forbidden?.find((rule) => rule.name === 'pure-rooms-have-no-core-modules')?.from ?? {};

/** The rooms that the layering rules call pure, without their tests. */
const pureFiles = projectFiles().filter(
  (file) =>
    /[.]tsx?$/.test(file) &&
    patterns(path).some((one) => one.test(file)) &&
    !patterns(pathNot).some((one) => one.test(file)),
);

function patterns(value: string | string[] | undefined): RegExp[] {
  return [value ?? []].flat().map((pattern) => new RegExp(pattern));
}

test('pure rooms read no clock, randomness, timer, process or network', () => {
  expect(pureFiles.length).toBeGreaterThan(20);
  const found = pureFiles.flatMap((file) =>
    findImpurities(readProjectFile(file)).map(({ line, what }) => `${file}:${line} ${what}`),
  );
  expect(found).toEqual([]);
});
