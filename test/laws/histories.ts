import fc from 'fast-check';
import { flag, one, outOfBandAct, scimAct } from './acts.ts';
import type { AdapterFault, ApplicationStyle } from './application.ts';
import { scene } from './scenes.ts';

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
  /** Another request. */
  | { readonly type: 'scim beside'; readonly act: ScimAct }
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
  /** It is frozen after so many further calls of journal or database, and another one goes on. */
  | { readonly type: 'freeze'; readonly after: number }
  /** What was frozen goes on. */
  | { readonly type: 'thaw' }
  | { readonly type: 'clock'; readonly ms: number };

export interface History {
  readonly style: ApplicationStyle;
  /** Whether a base is accepted before anything else happens. */
  readonly isSeeded: boolean;
  readonly commands: readonly Command[];
}

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

const faults = fc.array(fc.option(adapterFault, { nil: undefined, freq: 2 }), { maxLength: 3 });

const request = fc.record({
  type: one('scim'),
  act: scimAct,
  faults: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: faults }),
  meanwhile: fc.option(
    fc.record({
      moment: fc.constantFrom('before' as const, 'after' as const),
      command: fc.oneof(
        { weight: 3, arbitrary: sideCommand },
        { weight: 1, arbitrary: fc.record({ type: one('scim beside'), act: scimAct }) },
      ),
    }),
    { nil: undefined, freq: 1 },
  ),
});

const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 12, arbitrary: request },
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
  isSeeded: fc.constantFrom(true, true, true, true, false),
  commands: fc
    .array(
      fc.oneof(
        { weight: 3, arbitrary: command.map((single): readonly Command[] => [single]) },
        { weight: 1, arbitrary: scene },
      ),
      { minLength: 1, maxLength: 12, size: 'max' },
    )
    .map((parts) => parts.flat()),
});
