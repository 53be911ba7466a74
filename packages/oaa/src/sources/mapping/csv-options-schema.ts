import { z } from 'zod';

/** How a CSV file is written, as a mapping says it. */
export const csvOptionsSchema = z.strictObject({
  delimiter: z.string().min(1).optional().describe('A comma unless told otherwise; a tab for .tsv.'),
  quote: z
    .string()
    .max(1)
    .optional()
    .describe('A double quote unless told otherwise; empty where quotes mean nothing.'),
  escape: z
    .string()
    .length(1)
    .optional()
    .describe('What stands before a quote inside quotes; the quote itself unless told otherwise.'),
  columns: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe('Names of the columns where the file has no header row.'),
  skipLines: z
    .number()
    .int()
    .min(0)
    .optional()
    .describe('Lines before the header row, or before the first row where columns are named.'),
  shortRows: z
    .enum(['error', 'pad'])
    .optional()
    .describe('Rows with fewer cells than columns: refused (the default), or filled up with empty cells.'),
  formulaGuard: z
    .boolean()
    .optional()
    .describe('true: an apostrophe before = + - @ at the start of a cell is not part of it; write-back puts it there.'),
});
