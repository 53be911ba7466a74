import { limits, truncateBytes } from '@oaa-kit/oaa';

/** Whether the tenant refuses a text as the value of a custom property (reference 1.0.1). */
export function isTooLong(text: string): boolean {
  return truncateBytes(text, limits.propertyStringBytes) !== text;
}
