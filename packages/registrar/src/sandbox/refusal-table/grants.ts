import { samplePayload } from '../test-support.ts';
import { grantRefusal, payloadRefusal } from './payload-refusal.ts';
import type { Refusal } from './refusal.ts';

const permission = { application: 'Portal EU', permission: 'read', apply_to_application: true };
const assignment = { application: 'Portal EU', role: 'reader', apply_to_application: true };

export const grantRefusals: Refusal[] = [
  grantRefusal(
    'an identity type that does not exist (1.1.10)',
    { identity_type: 'robot' },
    '.identity_type',
    'identity_type: robot',
  ),
  grantRefusal('a grant without an identity (1.1.10)', { identity: undefined }, '.identity', 'missing'),
  grantRefusal(
    'a permission that does not exist (1.1.10)',
    { application_permissions: [{ ...permission, permission: 'fly' }] },
    '.application_permissions.permission',
    'permission: fly',
  ),
  grantRefusal(
    'an application that does not exist (1.1.10)',
    { application_permissions: [{ ...permission, application: 'Elsewhere' }] },
    '.application_permissions.application',
    'application: Elsewhere',
  ),
  grantRefusal(
    'a resource that does not exist (1.1.10)',
    { application_permissions: [{ ...permission, resources: ['shop.ghost'] }] },
    '.application_permissions.resources',
    'resources: shop.ghost',
  ),
  grantRefusal(
    'a role that does not exist (1.1.10)',
    { role_assignments: [{ ...assignment, role: 'Administrator' }] },
    '.role_assignments.role',
    'role: Administrator',
  ),
  grantRefusal(
    'an assignment property that is not defined (1.1.10)',
    { role_assignments: [{ ...assignment, custom_properties: { approver: 'bob' } }] },
    '.role_assignments.custom_properties.approver',
    'approver: bob',
  ),
  grantRefusal(
    'an assignment property of the wrong type (1.1.10)',
    { role_assignments: [{ ...assignment, custom_properties: { approved: 'yes' } }] },
    '.role_assignments.custom_properties.approved',
    'approved: yes',
  ),
  payloadRefusal(
    'an incremental push before a full one (1.9)',
    { ...samplePayload(), incremental_change: true },
    'incremental_change',
    'first push',
  ),
];
