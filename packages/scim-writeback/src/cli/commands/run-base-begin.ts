import { type CommandBody, printJson, printLine } from '@oaa-kit/oaa/cli';
import { withBases } from '../bases/with-bases.ts';
import type { baseOptions } from './base.ts';

/** Prints the as-of alone on stdout, so that a script can keep it. */
export const runBaseBegin: CommandBody<typeof baseOptions> = async (context, { options }) => {
  const { asOf } = await withBases(context, options, (bases) => bases.begin());
  if (context.json) printJson(context, { asOf });
  else printLine(context, asOf);
};
