import { z } from 'zod';
import { propertyTypes } from './properties.ts';

/** Parts that the shapes of all templates share. */

/** A name or id that references may name: not empty. */
export const key = z.string().min(1);

/** A text that may be left out or null. */
export const nullableText = z.string().nullable().optional();

export const tags = z.array(z.strictObject({ key: z.string(), value: z.string() })).optional();

/** Values are checked against their definitions, not here. */
export const customProperties = z.record(z.string(), z.unknown()).optional();

export const definitions = z.record(z.string(), z.enum(propertyTypes));
