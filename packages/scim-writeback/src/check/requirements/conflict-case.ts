import { notTried, succeeded, warn } from '../judge.ts';
import { somebody } from '../people.ts';
import type { Requirement } from '../requirement.ts';
import { userBody } from '../sent-bodies.ts';
import { conflict } from '../shared-answers.ts';

export const conflictCase: Requirement = {
  code: 'conflict-case',
  title: 'A userName is taken in whatever case',
  source: 'RFC 7643 s4.1.1 (userName is not case-exact)',
  fix: 'Compare userName without regard to case when a user is made.',
  writes: true,
  async check(probe) {
    const { name } = await somebody(probe);
    if (succeeded(await conflict(probe))) notTried('a userName is not even taken as it is written', 'user-conflict');
    const { answer } = await probe.post('Users', userBody(name.toUpperCase()));
    if (succeeded(answer)) warn('a second user is made with the userName of the first in upper case');
  },
};
