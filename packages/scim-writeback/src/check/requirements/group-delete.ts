import { answered, succeeded, warn } from '../judge.ts';
import { newGroup } from '../people.ts';
import type { Requirement } from '../requirement.ts';
import { endpoints } from '../sources.ts';

export const groupDelete: Requirement = {
  code: 'group-delete',
  title: 'A group is deleted',
  source: `${endpoints} (optional)`,
  fix: 'Answer DELETE /Groups/{id} with 204, and GET of the id with 404 from then on.',
  writes: true,
  async check(probe) {
    const group = await newGroup(probe);
    const deleted = await probe.delete(group);
    if (!succeeded(deleted)) warn(`the DELETE of a group is answered with ${answered(deleted)}`);
    const shown = await probe.read(group);
    if (shown.status === 200) warn('a group that was deleted is still there');
  },
};
