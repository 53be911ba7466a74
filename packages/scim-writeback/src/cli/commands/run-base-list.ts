import { type CommandBody, printable, printJson, printNote, printTable } from '@oaa-kit/oaa/cli';
import { withBases } from '../bases/with-bases.ts';
import type { baseOptions } from './base.ts';
import { describeDrift } from './describe-drift.ts';

export const runBaseList: CommandBody<typeof baseOptions> = async (context, { options }) => {
  const { bases: listed, drifts } = await withBases(context, options, (bases) => bases.list());
  if (context.json) {
    printJson(context, { bases: listed, drifts });
    return;
  }
  if (listed.length === 0) {
    printNote(context, 'No base was accepted yet. `oaa scim import <payload>` submits the first.');
    return;
  }
  const rows = listed.map(({ generation, acceptedAt, asOf, revision, actor, counts, digest }) => [
    generation,
    acceptedAt,
    asOf,
    revision,
    actor,
    counts.users,
    counts.groups,
    counts.memberships,
    digest.slice(0, 12),
  ]);
  const headings = ['BASE', 'ACCEPTED', 'AS OF', 'REVISION', 'ACTOR', 'USERS', 'GROUPS', 'MEMBERSHIPS', 'SHA-256'];
  printTable(context, headings, rows);
  for (const drift of drifts) printNote(context, printable(describeDrift(drift)));
};
