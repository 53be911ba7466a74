/** Types of custom properties, named as on the wire. */
export const propertyTypes = ['BOOLEAN', 'NUMBER', 'STRING', 'STRING_LIST', 'TIMESTAMP'] as const;

export type PropertyType = (typeof propertyTypes)[number];

/** A custom property's value on the wire. */
export type PropertyValue = boolean | number | string | readonly string[];
