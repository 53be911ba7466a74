/** Bounds of one resource. The bound of the whole body is the server's. */
export const resourceBounds = {
  /** Values of one multi-valued attribute. */
  values: 100_000,
  /** UTF-16 units of one string; room for a picture in a data URI. */
  textLength: 262_144,
  /** UTF-16 units of a string that has to be unique, since an index holds it. */
  uniqueTextLength: 1024,
} as const;
