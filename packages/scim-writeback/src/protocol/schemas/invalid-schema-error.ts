/** One thing that is wrong with a schema. */
export interface SchemaProblem {
  /** Where in the document: `attributes[2].subAttributes[0].type`; empty for the whole. */
  readonly path: string;
  readonly message: string;
}

/** A schema that was given in a configuration cannot be served. */
export class InvalidSchemaError extends Error {
  override readonly name = 'InvalidSchemaError';
  /** All that is wrong. */
  readonly problems: readonly SchemaProblem[];

  constructor(subject: string, problems: readonly SchemaProblem[]) {
    const lines = problems.map(({ path, message }) => `  ${path === '' ? '' : `${path}: `}${message}`);
    super(`${subject} cannot be served:\n${lines.join('\n')}`);
    this.problems = problems;
  }
}
