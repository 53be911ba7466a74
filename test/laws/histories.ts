import fc from 'fast-check';
import type { AdapterFault, ApplicationStyle } from './application.ts';

/** What becomes of a push. */
export type PushFault = 'refused' | 'value refused' | 'cut' | 'answer lost' | 'guard' | 'process dies';

/** What comes over SCIM. Numbers choose among what is there. */
export type ScimAct =
  | { readonly type: 'create'; readonly name: string; readonly title: string | undefined; readonly email: boolean }
  | { readonly type: 'title'; readonly who: number; readonly title: string | undefined }
  | { readonly type: 'rename'; readonly who: number; readonly name: string }
  | { readonly type: 'active'; readonly who: number; readonly active: boolean }
  | { readonly type: 'all'; readonly who: number; readonly name: string; readonly active: boolean }
  | { readonly type: 'delete'; readonly who: number }
  | { readonly type: 'create-group'; readonly name: string; readonly members: readonly number[] }
  | { readonly type: 'rename-group'; readonly group: number; readonly name: string }
  | { readonly type: 'delete-group'; readonly group: number }
  | { readonly type: 'add' | 'remove' | 'nest' | 'unnest'; readonly group: number; readonly who: number }
  | { readonly type: 'replace'; readonly group: number; readonly members: readonly number[] };

/** What somebody does in the application, behind the back of SCIM. */
export type OutOfBandAct =
  | {
      readonly type: 'hire';
      readonly name: string;
      readonly title: string | undefined;
      readonly email: boolean;
      readonly granted: boolean;
    }
  | { readonly type: 'fire'; readonly who: number }
  | { readonly type: 'title'; readonly who: number; readonly title: string | undefined }
  | { readonly type: 'rename'; readonly who: number; readonly name: string }
  | { readonly type: 'active'; readonly who: number; readonly active: boolean }
  | { readonly type: 'grant'; readonly who: number; readonly granted: boolean }
  | { readonly type: 'found'; readonly name: string }
  | { readonly type: 'disband'; readonly group: number }
  | { readonly type: 'rename-group'; readonly group: number; readonly name: string }
  | { readonly type: 'join' | 'leave' | 'nest' | 'unnest'; readonly group: number; readonly who: number };

/** What goes on beside SCIM. */
export type SideCommand =
  | { readonly type: 'out of band'; readonly act: OutOfBandAct }
  | { readonly type: 'base'; readonly step: 'begin' | 'extract' | 'submit' | 'submit the same again' }
  | { readonly type: 'publish'; readonly fault: PushFault | undefined };

export type Command =
  | {
      readonly type: 'scim';
      readonly act: ScimAct;
      /** Of the calls of the adapter that follow. */
      readonly faults: readonly (AdapterFault | undefined)[];
      /** While the adapter is called the first time. */
      readonly meanwhile: { readonly moment: 'before' | 'after'; readonly command: SideCommand } | undefined;
    }
  | SideCommand
  /** The process is killed after so many further calls of journal, database or adapter. */
  | { readonly type: 'crash'; readonly after: number }
  | { readonly type: 'clock'; readonly ms: number };

export interface History {
  readonly style: ApplicationStyle;
  readonly commands: readonly Command[];
}

const names = fc.constantFrom('jane', 'Jane', 'kim', 'bo', 'straße');
const teamNames = fc.constantFrom('Sales', 'Ops', 'sales', 'Dev', 'Qa');
const title = fc.constantFrom(undefined, 'Clerk', 'Boss');
const who = fc.nat(4);
const group = fc.nat(2);
const flag = fc.boolean();
const several = fc.uniqueArray(fc.nat(4), { maxLength: 4 });
const one = <Type extends string>(type: Type) => fc.constant(type);

const scimAct: fc.Arbitrary<ScimAct> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: one('create'), name: names, title, email: flag }) },
  { weight: 2, arbitrary: fc.record({ type: one('title'), who, title }) },
  { weight: 2, arbitrary: fc.record({ type: one('rename'), who, name: names }) },
  { weight: 2, arbitrary: fc.record({ type: one('active'), who, active: flag }) },
  { weight: 1, arbitrary: fc.record({ type: one('all'), who, name: names, active: flag }) },
  { weight: 2, arbitrary: fc.record({ type: one('delete'), who }) },
  { weight: 2, arbitrary: fc.record({ type: one('create-group'), name: teamNames, members: several }) },
  { weight: 1, arbitrary: fc.record({ type: one('rename-group'), group, name: teamNames }) },
  { weight: 1, arbitrary: fc.record({ type: one('delete-group'), group }) },
  {
    weight: 4,
    arbitrary: fc.record({ type: fc.constantFrom('add', 'add', 'remove', 'nest', 'unnest'), group, who }),
  },
  { weight: 1, arbitrary: fc.record({ type: one('replace'), group, members: several }) },
);

const outOfBandAct: fc.Arbitrary<OutOfBandAct> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ type: one('hire'), name: names, title, email: flag, granted: flag }) },
  { weight: 2, arbitrary: fc.record({ type: one('fire'), who }) },
  { weight: 2, arbitrary: fc.record({ type: one('title'), who, title }) },
  { weight: 1, arbitrary: fc.record({ type: one('rename'), who, name: names }) },
  { weight: 1, arbitrary: fc.record({ type: one('active'), who, active: flag }) },
  { weight: 4, arbitrary: fc.record({ type: one('grant'), who, granted: fc.constantFrom(true, true, false) }) },
  { weight: 1, arbitrary: fc.record({ type: one('found'), name: teamNames }) },
  { weight: 1, arbitrary: fc.record({ type: one('disband'), group }) },
  { weight: 1, arbitrary: fc.record({ type: one('rename-group'), group, name: teamNames }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constantFrom('join', 'join', 'leave', 'nest', 'unnest'), group, who }) },
);

const sideCommand: fc.Arbitrary<SideCommand> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: one('out of band'), act: outOfBandAct }) },
  {
    weight: 4,
    arbitrary: fc.record({
      type: one('base'),
      step: fc.constantFrom('begin', 'extract', 'submit', 'submit', 'submit the same again'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: one('publish'),
      fault: fc.option(
        fc.constantFrom<PushFault>('refused', 'value refused', 'cut', 'answer lost', 'guard', 'process dies'),
        { nil: undefined, freq: 2 },
      ),
    }),
  },
);

const adapterFault: fc.Arbitrary<AdapterFault> = fc.constantFrom(
  'refused',
  'cut before',
  'cut after',
  'silent before',
  'silent after',
  'garbage',
);

const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      type: one('scim'),
      act: scimAct,
      faults: fc.oneof(
        { weight: 3, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: fc.array(fc.option(adapterFault, { nil: undefined, freq: 2 }), { maxLength: 3 }) },
      ),
      meanwhile: fc.option(fc.record({ moment: fc.constantFrom('before', 'after'), command: sideCommand }), {
        nil: undefined,
        freq: 1,
      }),
    }),
  },
  { weight: 12, arbitrary: sideCommand },
  { weight: 2, arbitrary: fc.record({ type: one('crash'), after: fc.nat(12) }) },
  {
    weight: 1,
    arbitrary: fc.record({ type: one('clock'), ms: fc.constantFrom(60_000, -3_600_000, 86_400_000) }),
  },
);

const style: fc.Arbitrary<ApplicationStyle> = fc.record({
  ids: flag,
  tells: flag,
  repeats: fc.constantFrom('keys', 'look', 'look', 'people'),
});

export const histories: fc.Arbitrary<History> = fc.record({
  style,
  commands: fc.array(command, { minLength: 1, maxLength: 24, size: 'max' }),
});
