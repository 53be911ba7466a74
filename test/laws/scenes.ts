import fc from 'fast-check';
import { flag, group, names, one, outOfBandAct, scimAct, several, title } from './acts.ts';
import type { AdapterFault } from './application.ts';
import type { Command, OutOfBandAct, ScimAct, SideCommand } from './histories.ts';

/** A request that nothing happens to, unless told otherwise. */
const plain = (act: ScimAct, given: readonly (AdapterFault | undefined)[] = []): Command => ({
  type: 'scim',
  act,
  faults: given,
  meanwhile: undefined,
});
const base = (step: Extract<SideCommand, { type: 'base' }>['step']): Command => ({ type: 'base', step });
const outOfBand = (act: OutOfBandAct): Command => ({ type: 'out of band', act });
const published: Command = { type: 'publish', fault: undefined };
const later: Command = { type: 'clock', ms: 60_000 };

/** Changes that the same few resources may get one after the other. */
const changes = fc.array(
  fc.oneof(
    scimAct.map((act) => plain(act)),
    outOfBandAct.map(outOfBand),
  ),
  { maxLength: 2 },
);
const unknown = fc.constantFrom<AdapterFault>('cut before', 'cut after', 'silent after', 'garbage');

/** What goes wrong only in a certain order, which chance alone would hardly ever bring about. */
export const scene: fc.Arbitrary<readonly Command[]> = fc.oneof(
  // A base that does not know what has happened since its extraction began.
  fc
    .tuple(changes, scimAct, changes, fc.option(scimAct, { nil: undefined }))
    .map(([early, act, late, last]): readonly Command[] => [
      ...early,
      base('begin'),
      base('extract'),
      plain(act),
      ...late,
      base('submit'),
      published,
      ...(last === undefined ? [] : [plain(last), published]),
    ]),
  // Changed while a base is extracted: whether the base shows it is chance.
  fc
    .tuple(scimAct, changes)
    .map(([act, more]): readonly Command[] => [base('begin'), plain(act), base('extract'), ...more, base('submit')]),
  // What was applied is taken back where nobody looks: drift, which the next base confirms.
  fc
    .tuple(fc.nat(1), fc.constantFrom('Clerk', 'Boss'), fc.boolean(), fc.boolean())
    .map(([index, given, isActive, again]): readonly Command[] => [
      base('submit'),
      plain({ type: 'title', who: index, title: given }),
      plain({ type: 'active', who: index, active: isActive }),
      outOfBand({ type: 'title', who: index, title: undefined }),
      outOfBand({ type: 'title', who: index + 1, title: undefined }),
      outOfBand({ type: 'active', who: index, active: !isActive }),
      base('submit'),
      ...(again ? [base('submit the same again')] : []),
      base('submit'),
    ]),
  // Deleted and hired again, under the same name.
  fc
    .tuple(
      fc.nat(1),
      fc.constantFrom('jane', 'jane', 'Jane', 'kim'),
      fc.constantFrom('scim', 'out of band'),
      flag,
      flag,
    )
    .map(([index, name, by, isStale, later]): readonly Command[] => [
      outOfBand({ type: 'grant', who: index, granted: true }),
      base('submit'),
      ...(isStale ? [base('begin'), base('extract')] : []),
      plain({ type: 'delete', who: index }),
      ...(later ? [published] : []),
      by === 'scim'
        ? plain({ type: 'create', name, title: undefined, email: false })
        : outOfBand({ type: 'hire', name, title: undefined, email: false, granted: true }),
      base('submit'),
      published,
    ]),
  // Renamed, and another one takes the name.
  fc
    .tuple(fc.nat(1), names, names, fc.boolean())
    .map(([index, name, next, isQuiet]): readonly Command[] => [
      base('submit'),
      isQuiet ? outOfBand({ type: 'rename', who: index, name }) : plain({ type: 'rename', who: index, name }),
      outOfBand({ type: 'hire', name: next, title: undefined, email: true, granted: true }),
      base('submit'),
      published,
    ]),
  // Refused, and asked for again: nothing may be left of the first time.
  fc
    .tuple(scimAct, fc.constantFrom<readonly (AdapterFault | undefined)[]>(['refused'], [undefined, 'refused']))
    .map(([act, given]): readonly Command[] => [plain(act, given), plain(act)]),
  // Parts of a change are refused.
  fc
    .tuple(fc.nat(3), names, flag, several, fc.constantFrom(1, 2))
    .map(([index, name, active, chosen, place]): readonly Command[] => {
      const given = [...Array.from({ length: place }, () => undefined), 'refused' as const];
      return [
        plain({ type: 'all', who: index, name, active }, given),
        plain({ type: 'create-group', name: 'Dev', members: chosen }, given),
        plain({ type: 'replace', group: 0, members: chosen }, given),
        plain({ type: 'replace', group: 0, members: [] }),
      ];
    }),
  // Of unknown end, and asked for again in the same words, or in nearly the same.
  fc
    .tuple(scimAct, unknown, scimAct, title)
    .map(([act, fault, other, given]): readonly Command[] => [
      plain(act, [fault]),
      plain(act),
      ...('title' in act ? [plain({ ...act, title: given })] : []),
      base('submit'),
      plain(other),
      later,
      plain(act),
    ]),
  // A name that is on its way to somebody else.
  fc
    .tuple(names, unknown, title)
    .map(([name, fault, given]): readonly Command[] => [
      plain({ type: 'create', name, title: 'Clerk', email: false }, [fault]),
      plain({ type: 'create', name, title: given, email: true }),
      plain({ type: 'rename', who: 0, name }),
    ]),
  // Killed on the way.
  fc
    .tuple(fc.nat(7), scimAct, changes)
    .map(([after, act, more]): readonly Command[] => [
      { type: 'crash', after },
      plain(act),
      ...more,
      later,
      plain(act),
    ]),
  // Frozen on the way: another process takes over, and the first one goes on as if nothing had been.
  fc
    .tuple(fc.nat(4), fc.oneof(scimAct, fc.record({ type: one('replace'), group, members: several })), changes, flag)
    .map(([after, act, more, isLate]): readonly Command[] => [
      { type: 'freeze', after },
      plain(act),
      ...(isLate ? [later] : []),
      ...more,
      { type: 'thaw' },
      plain(act),
    ]),
  fc
    .tuple(fc.nat(4), scimAct)
    .map(([after, act]): readonly Command[] => [
      plain(act),
      { type: 'freeze', after },
      published,
      plain(act),
      published,
      { type: 'thaw' },
      published,
    ]),
);
