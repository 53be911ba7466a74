import type { Diagnostic } from '@oaa-kit/oaa';

/** Takes what there is to say about a projection. */
export type Report = (diagnostic: Diagnostic) => void;

/** What was said about a projection: the first ones, and how many there were. */
export class Reports {
  readonly kept: Diagnostic[] = [];
  count = 0;

  /** Errors of single values become warnings: the value was left out, and the payload can be published. */
  readonly add: Report = (diagnostic) => {
    this.count += 1;
    if (this.kept.length < 1_000) this.kept.push({ ...diagnostic, severity: 'warning' });
  };
}
