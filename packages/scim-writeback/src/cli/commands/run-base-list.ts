import { type CommandBody, printable, printJson, printNote, printTable } from '@oaa-kit/oaa/cli';
import { showInstant } from '../../protocol/values/date-time.ts';
import { requireOrganization, withDirectory } from '../open-database.ts';
import type { baseOptions } from './base.ts';
import { describeDrift } from './describe-drift.ts';

export const runBaseList: CommandBody<typeof baseOptions> = async (context, { options }) => {
  const { database, organization } = options;
  const { records, drifts } = await withDirectory(context, database, 'refuse', async (directory) => {
    await requireOrganization(directory, organization);
    const bases = directory.bases(organization);
    return { records: await bases.list(), drifts: await bases.drifts() };
  });
  const listed = records.map((record) => ({ ...record, acceptedAt: showInstant(record.acceptedAt) }));
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
