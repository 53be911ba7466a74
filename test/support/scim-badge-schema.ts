import { readSchema } from '@oaa-kit/scim-writeback';
import { badge } from './scim-urns.ts';

/** An extension of users with every type and characteristic, as a customer would write it. */
export const badgeSchema = readSchema({
  id: badge,
  name: 'Badge',
  attributes: [
    { name: 'number', mutability: 'immutable', caseExact: true, uniqueness: 'server' },
    { name: 'color' },
    { name: 'lost', type: 'boolean' },
    { name: 'level', type: 'integer' },
    { name: 'score', type: 'decimal' },
    { name: 'issuedAt', type: 'dateTime' },
    { name: 'page', type: 'reference', referenceTypes: ['external'], caseExact: true },
    { name: 'key', type: 'binary', caseExact: true },
    { name: 'tags', multiValued: true },
    { name: 'grade', returned: 'always' },
    { name: 'notes', returned: 'request' },
    { name: 'pin', mutability: 'writeOnly' },
    { name: 'approved', type: 'boolean', mutability: 'readOnly' },
    { name: 'issuer', type: 'complex', subAttributes: [{ name: 'desk' }, { name: 'clerk' }] },
  ],
});
