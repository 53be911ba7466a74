import { randomUUID } from 'node:crypto';
import { InputError } from '@oaa-kit/oaa';
import { type CommandBody, type CommandContext, printJson, printLine } from '@oaa-kit/oaa/cli';
import { type Resolution, resolveIntent } from '../../application/resolve-intent.ts';
import type { IntentStore } from '../../directory/write-back.ts';
import { requireOrganization, withDirectory } from '../open-database.ts';
import type { journalResolveOptions } from './journal.ts';
import { unknownIntent } from './unknown-intent.ts';

export const runJournalResolve: CommandBody<typeof journalResolveOptions> = async (context, args) => {
  const { database, organization, as, 'native-id': nativeId } = args.options;
  const id = String(args.positionals.id);
  await withDirectory(context, database, 'refuse', async (directory) => {
    await requireOrganization(directory, organization);
    const intents = directory.intents(organization);
    const answer = as === 'applied' ? 'applied' : 'not-applied';
    const resolution = await resolveIntent(intents, id, answer, { owner: randomUUID(), nativeId });
    if (resolution === 'not-resolvable') throw await whyNot(intents, id, organization);
    tell(context, id, resolution);
  });
};

type StillStuck = 'not-undoable' | 'not-writable';

const told: Readonly<Record<Exclude<Resolution, 'not-resolvable' | StillStuck>, string>> = {
  applied: 'The directory has the change now.',
  refused: 'The change counts as refused; nothing of it is kept.',
  continues: 'The service goes on with it.',
  'tries-again':
    'The service tries again to take back what was done. If the application refuses that once more, take it back by hand, then resolve the change as applied.',
};

const hints: Readonly<Record<StillStuck, string>> = {
  'not-undoable':
    '`oaa scim journal show` says why. Bring the application to what the change asks for, then resolve it as applied.',
  'not-writable':
    '`oaa scim journal show` says what the directory has against it. Resolve it as not-applied: what the application has done is taken back then.',
};

function tell(context: CommandContext, id: string, resolution: Exclude<Resolution, 'not-resolvable'>): void {
  if (resolution === 'not-undoable' || resolution === 'not-writable') {
    throw new InputError('input-invalid', `The change ${id} cannot come to an end like this.`, {
      hint: hints[resolution],
    });
  }
  if (context.json) printJson(context, { id, resolution });
  else printLine(context, told[resolution]);
}

async function whyNot(intents: IntentStore, id: string, organization: string): Promise<InputError> {
  const intent = await intents.get(id);
  if (intent === undefined) return unknownIntent(organization);
  if (intent.state === 'open') {
    return new InputError('input-invalid', `The change ${id} is still under way.`, {
      hint: 'Resolve it when the service has tried it a second time, or when it needs attention.',
    });
  }
  return new InputError('input-invalid', `The change ${id} has come to its end: ${intent.state}.`);
}
