import { expect, test } from 'vitest';
import { problemsOf } from '../test-manifest.ts';

/** A provider without fault, whose lines can be replaced: one field a line, `configuration` from row 5. */
export const scim = {
  name: 'name: Portal',
  template: 'custom_template: application',
  provisioning: 'provisioning: true',
  type: 'external_lifecycle_management_type: SCIM',
  configuration: 'configuration:',
  url: '  scim_url: https://api.example.com/scim/v2',
  credential: '  scim_token: env:SCIM_TOKEN',
  more: '',
} as const;

export function withLines(lines: Partial<Record<keyof typeof scim, string>>): string {
  return Object.values({ ...scim, ...lines }).join('\n');
}

type Row = readonly [lines: Partial<Record<keyof typeof scim, string>>, ...problems: string[]];

/** One test for each row: the provider with these lines has exactly these problems. */
export function table(rows: readonly Row[]): void {
  test.each(rows.map(([lines, ...problems]) => [Object.values(lines).join(' / '), lines, problems] as const))(
    '%s',
    async (_title, lines, problems) => {
      expect(await problemsOf(withLines(lines))).toEqual(problems);
    },
  );
}
