/** The longest filter that is read, in bytes of UTF-8. */
export const maxFilterBytes = 4096;

/** How deep parentheses and brackets may be nested in each other. */
export const maxFilterDepth = 20;

/** How many comparisons and `pr` tests a filter may have. */
export const maxFilterTerms = 128;
