import fc from 'fast-check';
import { flag, one } from './acts.ts';

export type Kind = 'User' | 'Group';

/** How an application tells its accounts apart. */
export interface IdentityStyle {
  /** Accounts, or groups, which are kept in the same way. */
  readonly kind: Kind;
  /** Whether the rows of its bases have ids; where they have none, the name is the key. */
  readonly ids: boolean;
  /** Whether its adapter tells native ids. */
  readonly tells: boolean;
}

/** How far a change that came over SCIM gets at once: begun, done in the application, or known to be done. */
export type Reach = 'begun' | 'done' | 'finished';

/** What happens to accounts. Numbers choose among who is there, and among the names that nobody there has. */
export type IdentityAct =
  | { readonly type: 'hire'; readonly name: number }
  | { readonly type: 'fire'; readonly who: number }
  /** Out of band, and only where rows have ids: else nobody can tell it from a fire and a hire. */
  | { readonly type: 'rename out of band'; readonly who: number; readonly name: number }
  | { readonly type: 'create'; readonly name: number; readonly reach: Reach }
  | { readonly type: 'rename'; readonly who: number; readonly name: number; readonly reach: Reach }
  | { readonly type: 'delete'; readonly who: number; readonly reach: Reach }
  /** With a change that has been begun. */
  | { readonly type: 'go on'; readonly which: number; readonly reach: 'done' | 'finished' | 'refused' };

/** A base, and what happens around its extraction. */
export interface Round {
  readonly before: readonly IdentityAct[];
  /** Since it was begun. */
  readonly during: readonly IdentityAct[];
  /** Since the application was read. */
  readonly after: readonly IdentityAct[];
}

export interface IdentityHistory {
  readonly style: IdentityStyle;
  /** Who is there when the first base is extracted. */
  readonly hired: readonly string[];
  readonly rounds: readonly Round[];
}

// So few that they collide: what can go wrong is between two who are taken for each other.
export const names = ['jane', 'kim', 'bo', 'zoe'] as const;
const name = fc.nat(2);
const who = fc.nat(3);
const reach = fc.constantFrom<Reach>('finished', 'finished', 'done', 'begun');

const act: fc.Arbitrary<IdentityAct> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ type: one('hire'), name }) },
  { weight: 1, arbitrary: fc.record({ type: one('fire'), who }) },
  { weight: 1, arbitrary: fc.record({ type: one('rename out of band'), who, name }) },
  { weight: 4, arbitrary: fc.record({ type: one('create'), name, reach }) },
  { weight: 6, arbitrary: fc.record({ type: one('rename'), who, name, reach }) },
  { weight: 3, arbitrary: fc.record({ type: one('delete'), who, reach }) },
  {
    weight: 5,
    arbitrary: fc.record({
      type: one('go on'),
      which: fc.nat(2),
      reach: fc.constantFrom('done' as const, 'finished' as const, 'finished' as const, 'refused' as const),
    }),
  },
);
const acts = fc.array(act, { maxLength: 3, size: 'max' });

export const identityHistories: fc.Arbitrary<IdentityHistory> = fc.record({
  style: fc.record({
    kind: fc.constantFrom<Kind>('User', 'User', 'User', 'Group'),
    ids: fc.constantFrom(true, false, false),
    tells: flag,
  }),
  hired: fc.uniqueArray(fc.constantFrom(...names), { maxLength: 3, size: 'max' }),
  rounds: fc.array(fc.record({ before: acts, during: acts, after: acts }), { minLength: 1, maxLength: 4, size: 'max' }),
});

const byNames: IdentityStyle = { kind: 'User', ids: false, tells: false };

/** Histories that broke a law once, and that chance would hardly ever bring about. */
export const brokenOnce: readonly IdentityHistory[] = [
  // jane becomes zoe, and once the application was read with another jane in it, kim.
  {
    style: byNames,
    hired: ['jane'],
    rounds: [
      {
        before: [{ type: 'rename', who: 0, name: 2, reach: 'finished' }],
        during: [{ type: 'create', name: 0, reach: 'finished' }],
        after: [{ type: 'rename', who: 0, name: 0, reach: 'finished' }],
      },
    ],
  },
  // jane becomes zoe and is fired as that; another jane is made since the extraction began.
  {
    style: byNames,
    hired: ['jane'],
    rounds: [
      {
        before: [
          { type: 'rename', who: 0, name: 2, reach: 'finished' },
          { type: 'fire', who: 0 },
        ],
        during: [{ type: 'create', name: 0, reach: 'finished' }],
        after: [],
      },
    ],
  },
  // jane becomes kim and is fired as that while she is being deleted; then there is another jane.
  {
    style: byNames,
    hired: ['jane'],
    rounds: [
      {
        before: [],
        during: [{ type: 'rename', who: 0, name: 0, reach: 'finished' }],
        after: [{ type: 'fire', who: 0 }],
      },
      { before: [{ type: 'delete', who: 0, reach: 'begun' }], during: [], after: [] },
      { before: [{ type: 'create', name: 0, reach: 'finished' }], during: [], after: [] },
    ],
  },
  // kim becomes bo and is fired as that; jane becomes kim since the extraction began, and the base leaves open who kim is.
  {
    style: byNames,
    hired: ['jane', 'kim'],
    rounds: [
      {
        before: [
          { type: 'rename', who: 1, name: 0, reach: 'finished' },
          { type: 'fire', who: 1 },
        ],
        during: [{ type: 'rename', who: 0, name: 0, reach: 'finished' }],
        after: [],
      },
      { before: [], during: [], after: [] },
    ],
  },
  // Of whom no id was told: jane has become kim, which nobody knows yet, and another jane is hired.
  ...(['User', 'Group'] as const).map(
    (kind): IdentityHistory => ({
      style: { kind, ids: true, tells: false },
      hired: [],
      rounds: [
        { before: [], during: [], after: [{ type: 'create', name: 0, reach: 'finished' }] },
        {
          before: [
            { type: 'rename', who: 0, name: 0, reach: 'done' },
            { type: 'hire', name: 0 },
          ],
          during: [],
          after: [],
        },
      ],
    }),
  ),
  // The same without another one.
  {
    style: { kind: 'Group', ids: true, tells: false },
    hired: [],
    rounds: [
      { before: [], during: [], after: [{ type: 'create', name: 0, reach: 'finished' }] },
      { before: [{ type: 'rename', who: 0, name: 0, reach: 'done' }], during: [], after: [] },
    ],
  },
  // A team that is being made is in a base.
  {
    style: { kind: 'Group', ids: true, tells: false },
    hired: [],
    rounds: [
      {
        before: [{ type: 'create', name: 0, reach: 'done' }],
        during: [],
        after: [],
      },
      { before: [{ type: 'go on', which: 0, reach: 'finished' }], during: [], after: [] },
    ],
  },
];
