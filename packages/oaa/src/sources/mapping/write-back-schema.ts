import { z } from 'zod';

const column = z.string().min(1);
const cells = z.record(z.string(), z.string());
const delimiter = z
  .string()
  .min(1)
  .optional()
  .describe('What stands between several values in a cell; left out, a cell takes one.');

/** How the value of a SCIM attribute is written into the cells of a column. */
const writtenColumn = z
  .union(
    [
      column.describe('A SCIM attribute, as a PATCH names it: userName, name.familyName, urn:...:User:department.'),
      z
        .strictObject({
          attribute: column.describe('The SCIM attribute.'),
          list: delimiter,
          true: z.string().optional().describe('The word for true; "true" unless told otherwise.'),
          false: z.string().optional().describe('The word for false; "false" unless told otherwise.'),
          map: cells.optional().describe('What is written for these values instead of themselves.'),
          format: z
            .string()
            .min(1)
            .optional()
            .describe('The form of a date, as in sources; RFC 3339 in UTC otherwise.'),
          timezone: z
            .string()
            .regex(/^(?:UTC|Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/)
            .optional()
            .describe('The offset that dates are written with: "UTC" (the default) or like "+02:00".'),
        })
        .describe('More:'),
    ],
    'needs the name of a SCIM attribute, or more: { attribute: name, ... }',
  )
  .meta({ id: 'writtenColumn', description: 'How the value of a SCIM attribute is written into a column.' });

const alsoDelete = z
  .array(
    z.strictObject({
      file: z.string().min(1).describe('A file of the sources.'),
      column: column.describe('The column that names the one who is deleted.'),
      list: delimiter.describe('Then only the name is taken out of the cell, and the row stays.'),
      where: cells.optional().describe('Only rows with these cells, compared without regard to case.'),
    }),
  )
  .optional()
  .describe('Rows of other files that name somebody and go when they are deleted: grants, mostly.');

const writtenEntity = z
  .strictObject({
    file: z.string().min(1).describe('A CSV file of the sources, as it is named there.'),
    key: column.describe('The column that rows are found by: the one that id, or else name, is read from.'),
    columns: z
      .record(z.string(), writtenColumn)
      .describe(
        'By name of the column; the attribute "id" is the SCIM id of who is new. Other columns stay as they are.',
      ),
    where: cells.optional().describe('Only rows with these cells are meant; new rows get them.'),
    newRows: cells.optional().describe('More cells of new rows; those that nothing is said of are empty.'),
    delete: z
      .union(
        [
          z.literal('row'),
          z.strictObject({
            column: column.describe('The column that says it.'),
            value: z.string().min(1).describe('What is written; the mapping has to pass over such rows (when).'),
          }),
        ],
        'is row, or { column: ..., value: ... }',
      )
      .default('row')
      .describe('What a deletion does: it takes the row out, or marks it.'),
    alsoDelete,
  })
  .meta({ id: 'writtenEntity', description: 'How users or groups are written into the rows of a file.' });

const writtenMembership = z
  .union(
    [
      z
        .strictObject({
          column: column.describe('In the row of the member: the column with the keys of its groups.'),
          list: delimiter,
        })
        .describe('In the row of the member:'),
      z
        .strictObject({
          groupColumn: column.describe('In the row of the group: the column with the keys of its members.'),
          list: delimiter,
        })
        .describe('In the row of the group:'),
      z
        .strictObject({
          file: z.string().min(1).describe('A file of the sources with a row for each membership.'),
          member: column.describe('The column with the key of the member.'),
          group: column.describe('The column with the key of the group.'),
          where: cells.optional().describe('Only rows with these cells are meant; new rows get them.'),
          newRows: cells.optional().describe('More cells of new rows.'),
        })
        .describe('In rows of their own:'),
    ],
    'needs a column, a groupColumn, or a file with member and group',
  )
  .meta({ id: 'writtenMembership', description: 'How it is written that somebody is a member of a group.' });

/** How changes that a SCIM service accepted are written into the files of the sources: the inverse of the mapping. */
export const writeBackSchema = z
  .strictObject({
    users: writtenEntity.describe('How users are written.'),
    groups: writtenEntity
      .optional()
      .describe('How groups are written; left out, no group is made, changed or deleted.'),
    memberships: z
      .strictObject({
        users: writtenMembership.optional().describe('How users are members of groups.'),
        groups: writtenMembership.optional().describe('How groups are members of groups.'),
      })
      .optional()
      .describe('How members of groups are written; left out, no group gets or loses members.'),
  })
  .meta({
    id: 'writeBack',
    description: 'For the csv adapter of scim-writeback: how accepted SCIM changes are written into the files.',
  });

export type WriteBack = z.infer<typeof writeBackSchema>;
export type WrittenEntity = WriteBack['users'];
export type WrittenColumn = WrittenEntity['columns'][string];
export type WrittenMembership = z.infer<typeof writtenMembership>;
