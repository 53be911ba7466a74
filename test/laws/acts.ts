import fc from 'fast-check';
import type { OutOfBandAct, ScimAct } from './histories.ts';

// Few names and few people: most of what can go wrong is between two who are taken for each other.
export const names = fc.constantFrom('jane', 'Jane', 'kim', 'bo');
const teamNames = fc.constantFrom('Sales', 'sales', 'Dev');
export const title = fc.constantFrom(undefined, 'Clerk', 'Boss');
const who = fc.nat(3);
export const group = fc.nat(2);
export const flag = fc.boolean();
export const several = fc.uniqueArray(fc.nat(3), { maxLength: 4 });
export const one = <Type extends string>(type: Type) => fc.constant(type);

export const scimAct: fc.Arbitrary<ScimAct> = fc.oneof(
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

export const outOfBandAct: fc.Arbitrary<OutOfBandAct> = fc.oneof(
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
