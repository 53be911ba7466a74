import type { Account, LawApplication, Team } from './application.ts';
import type { GrantLedger } from './grants.ts';
import type { OutOfBandAct } from './histories.ts';

/** Does something in the application that nobody tells SCIM of. Nothing, where it cannot be done. */
export function actOutOfBand(application: LawApplication, act: OutOfBandAct, grants: GrantLedger): void {
  const accounts = [...application.accounts.values()].filter(({ name }) => name !== 'root');
  const teams = [...application.teams.values()];
  const account = 'who' in act ? accounts[act.who % Math.max(1, accounts.length)] : undefined;
  const team = 'group' in act ? teams[act.group % Math.max(1, teams.length)] : undefined;
  const other = 'who' in act ? teams[act.who % Math.max(1, teams.length)] : undefined;
  switch (act.type) {
    case 'hire': {
      const { name, title, granted } = act;
      application.hire(name, { title, granted, email: act.email ? `${name}@x.test` : undefined });
      return;
    }
    case 'found':
      application.found(act.name);
      return;
    case 'disband':
      if (team !== undefined) application.remove(team.id);
      return;
    case 'rename-group':
      if (team !== undefined && application.teamNamed(act.name) === undefined) team.name = act.name;
      return;
    case 'nest':
    case 'unnest':
      if (team !== undefined && other !== undefined) nest(application, act.type, team, other);
      return;
    case 'join':
      if (team !== undefined && account !== undefined) team.members.add(account.id);
      return;
    case 'leave':
      if (account !== undefined) team?.members.delete(account.id);
      return;
    default:
      if (account !== undefined) change(application, act, account, grants);
  }
}

function nest(application: LawApplication, type: 'nest' | 'unnest', team: Team, other: Team): void {
  if (type === 'unnest') team.members.delete(other.id);
  else if (team !== other && !application.isWithin(team.id, other.id)) team.members.add(other.id);
}

function change(
  application: LawApplication,
  act: Extract<OutOfBandAct, { type: 'fire' | 'title' | 'rename' | 'active' | 'grant' }>,
  account: Account,
  grants: GrantLedger,
): void {
  switch (act.type) {
    case 'fire':
      application.remove(account.id);
      grants.lost(account);
      return;
    case 'title':
      account.title = act.title;
      return;
    case 'active':
      account.active = act.active;
      return;
    case 'grant':
      account.granted = act.granted;
      return;
    case 'rename':
      rename(application, account, act.name, grants);
  }
}

/** Where names are the keys, nobody can tell somebody with another name from somebody else. */
function rename(application: LawApplication, account: Account, name: string, grants: GrantLedger): void {
  const other = application.accountNamed(name);
  if (other !== undefined) return;
  if (application.style.ids) {
    account.name = name;
    return;
  }
  const groups = [...application.teams.values()].filter(({ members }) => members.has(account.id));
  application.remove(account.id);
  grants.lost(account);
  const renamed = application.hire(name, { ...account, scimId: undefined });
  if (renamed !== undefined) for (const { members } of groups) members.add(renamed.id);
}
