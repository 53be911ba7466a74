import { type Application, defineApplication } from '@oaa-kit/oaa';
import { people, teams } from './organisation.ts';

const properties = {
  application: { release: 'STRING' },
  user: { department: 'STRING', mfa_enabled: 'BOOLEAN' },
  roleAssignment: { approved_by: 'STRING' },
  resources: { region: { data_residency: 'STRING' }, account: { tier: 'STRING' } },
} as const;

export type Portal = Application<typeof properties>;

/** What the portal's permissions mean to the tenant. */
function addPermissions(portal: Portal) {
  return {
    view: portal.addPermission('View', ['DataRead'], { applyToSubResources: true }),
    edit: portal.addPermission('Edit', ['DataRead', 'DataWrite'], { applyToSubResources: true }),
    refund: portal.addPermission('Refund', ['DataWrite'], { resourceTypes: ['ledger'], applyToSubResources: true }),
    export: portal.addPermission('Export', ['DataRead', 'NonData'], { applyToSubResources: true }),
    manageUsers: portal.addPermission('Manage users', ['MetadataRead', 'MetadataWrite', 'MetadataCreate']),
    erase: portal.addPermission('Erase', ['DataDelete'], { resourceTypes: ['account'], applyToSubResources: true }),
  };
}

/** Regions hold customer accounts, an account holds its tickets and its ledger. */
function addRegions(portal: Portal) {
  const regions = [
    ['EU', 'Frankfurt', ['Aurora Foods', 'Borealis Shipping', 'Cumulus Travel']],
    ['US', 'Ohio', ['Delta Robotics', 'Everglade Health']],
  ] as const;
  return regions.map(([name, residency, customers]) => {
    const region = portal.addResource(name, 'region', { properties: { data_residency: residency } });
    for (const customer of customers) {
      const account = region.addResource(customer, 'account', { properties: { tier: 'gold' } });
      account.addResource('Tickets', 'queue');
      account.addResource('Ledger', 'ledger', { description: `Invoices and payments of ${customer}` });
    }
    return region;
  });
}

/** The customer portal, as a connector would read it from the application's own tables. */
export function buildPortal(): Portal {
  const portal: Portal = defineApplication({
    name: 'Customer Portal',
    applicationType: 'CustomerPortal',
    description: 'Where customer care, sales and finance work on customer accounts',
    properties,
  });
  portal.setProperty('release', '2026.11');
  const can = addPermissions(portal);
  const [europe, america] = addRegions(portal) as [ReturnType<typeof addRegions>[0], ReturnType<typeof addRegions>[0]];

  const viewer = portal.addRole('Viewer', { permissions: [can.view] });
  const agent = portal.addRole('Agent', { permissions: [can.edit], roles: [viewer] });
  const clerk = portal.addRole('Billing Clerk', { permissions: [can.refund], roles: [viewer] });
  const administrator = portal.addRole('Administrator', {
    permissions: [can.manageUsers, can.export],
    roles: [agent, clerk],
  });

  for (const team of teams) {
    const partOf = team.partOf === undefined ? undefined : portal.groups.get(team.partOf);
    portal.addGroup(team.name, { identities: [team.name], groups: partOf === undefined ? [] : [partOf] });
  }
  portal.groups.get('Everyone')?.assignRole(viewer, portal, { approved_by: 'policy 4' });
  portal.groups.get('Support EU')?.assignRole(agent, europe);
  portal.groups.get('Support US')?.assignRole(agent, america);
  portal.groups.get('Billing')?.assignRole(clerk, [europe, america]);
  portal.groups.get('Security')?.grant(can.export, portal);
  portal.groups.get('Key Accounts')?.grant(can.edit, 'EU.Aurora Foods');

  for (const person of people) {
    portal.addUser(person.login, {
      email: person.email,
      identities: [person.email],
      groups: [person.team],
      isActive: person.active,
      lastLoginAt: person.lastLogin,
      userType: 'human',
      properties: { department: person.team, mfa_enabled: person.mfa },
    });
  }
  const root = portal.addUser('root', { userType: 'service_account', isActive: true });
  root.assignRole(administrator, portal, { approved_by: 'nobody' });

  const ciKey = portal.addAccessCredential('key-ci', 'Deployment pipeline', {
    canExpire: false,
    owners: [{ externalId: 'ada.albrecht@example.com', ownerType: 'OktaUser' }],
  });
  ciKey.grant(can.export, europe);
  root.addAccessCredential(ciKey);
  portal
    .addAccessCredential('key-partner', 'Partner integration', { canExpire: true, expiresAt: '2027-03-31T00:00:00Z' })
    .grant(can.view, 'US.Delta Robotics');
  portal.addIdpIdentity('portal-breakglass@example.com').grant(can.erase, [europe, america]);
  return portal;
}
