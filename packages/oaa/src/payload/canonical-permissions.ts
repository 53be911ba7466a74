/** The tenant's effects, to which every permission of an application is mapped. Case-sensitive on the wire. */
export const canonicalPermissions = [
  'DataRead',
  'DataWrite',
  'DataCreate',
  'DataDelete',
  'MetadataRead',
  'MetadataWrite',
  'MetadataCreate',
  'MetadataDelete',
  'NonData',
  'Uncategorized',
] as const;

export type CanonicalPermission = (typeof canonicalPermissions)[number];
