import type { OptionSpec } from '@oaa-kit/oaa/cli';

/** `--database`, the same for all commands. */
export const databaseOption = {
  type: 'string',
  valueName: 'url',
  required: true,
  describe: 'Database of the service: sqlite:<file>',
} as const satisfies OptionSpec;

/** The organization of commands that are not told another one. */
export const defaultOrganization = 'default';

/** Who submits bases, unless told otherwise. */
export const defaultActor = 'connector';

/** `--organization`, the same for all commands that are about one. */
export const organizationOption = {
  type: 'string',
  valueName: 'id',
  default: defaultOrganization,
  describe: 'Organization that the token opens',
} as const satisfies OptionSpec;
