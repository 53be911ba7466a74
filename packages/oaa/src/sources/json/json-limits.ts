/** The longest value or line that is read, in bytes. */
export const maximumValueBytes = 4 * 1024 * 1024;

/** How deep values may be nested. */
export const maximumDepth = 64;
