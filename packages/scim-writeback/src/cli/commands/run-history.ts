import { InputError } from '@oaa-kit/oaa';
import { type CommandBody, printable, printJson, printLine, printTable } from '@oaa-kit/oaa/cli';
import type { HistoryEntry, HistorySubject } from '../../directory/history.ts';
import { showInstant } from '../../protocol/values/date-time.ts';
import { requireOrganization, withDirectory } from '../open-database.ts';
import type { organizationOptions } from './base.ts';

/** Everybody who was ever called so, with all that happened to each. */
export const runHistory: CommandBody<typeof organizationOptions> = async (context, { options, positionals }) => {
  const { database, organization } = options;
  const who = String(positionals.who);
  const found = await withDirectory(context, database, 'refuse', async (directory) => {
    await requireOrganization(directory, organization);
    const history = directory.history(organization);
    const subjects = await history.find(who);
    return Promise.all(subjects.map(async (subject) => ({ subject, changes: await history.changes(subject) })));
  });
  if (found.length === 0) {
    throw new InputError('not-found', `Nobody in the organization ${organization} has or had this id or name.`, {
      hint: 'Give the id, the userName or the displayName in full; upper and lower case of names do not matter.',
    });
  }
  if (context.json) {
    const histories = found.map(({ subject, changes }) => ({
      ...subject,
      changes: changes.map((one) => ({ ...one, at: showInstant(one.at) })),
    }));
    printJson(context, { histories });
    return;
  }
  for (const { subject, changes } of found) {
    const state = subject.deletedAt === undefined ? '' : ', deleted';
    printLine(context, printable(`${subject.kind} ${subject.name ?? ''} (${subject.id}${state})`));
    const rows = changes.map((one) => [
      one.revision,
      showInstant(one.at),
      one.actor,
      one.origin,
      one.requestId,
      whatHappened(subject, one),
    ]);
    printTable(context, ['REVISION', 'TIME', 'WHO', 'ORIGIN', 'REQUEST', 'WHAT'], rows);
  }
};

function whatHappened(subject: HistorySubject, { id, operation, facts, groupName }: HistoryEntry): string {
  if (id !== subject.id) {
    const group = groupName ?? id;
    const came = facts.membersAdded === undefined ? [] : [`joined ${group}`];
    const went = facts.membersRemoved === undefined ? [] : [`left ${group}`];
    return [...came, ...went].join(', ');
  }
  if (operation === 'delete') return `deleted, left ${facts.groupsLeft?.length ?? 0} groups`;
  const attributes = Object.entries(facts.attributes ?? {}).map(
    ([name, value]) => `${name} = ${JSON.stringify(value)}`,
  );
  const counts = [
    ['members added', facts.membersAdded],
    ['members removed', facts.membersRemoved],
  ] as const;
  const members = counts.flatMap(([what, ids]) => (ids === undefined ? [] : [`${ids.length} ${what}`]));
  return `${operation === 'create' ? 'created' : 'changed'}: ${[...attributes, ...members].join(', ')}`;
}
