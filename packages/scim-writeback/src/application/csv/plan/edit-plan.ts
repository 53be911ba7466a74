import type { ComparableFacts } from '../../../attributes/comparable.ts';
import type { ResourceKind } from '../../../directory/directory.ts';
import type { RowEditor } from '../table.ts';

/** What is read back of the rows that were written, before anything takes its name. */
export interface Expectation {
  readonly file: string;
  readonly kind: ResourceKind;
  readonly key: string;
  readonly facts: ComparableFacts;
  /** What is compared: what the operation changes. */
  readonly paths: ReadonlySet<string>;
}

/** What an operation does, file by file. Editors are for one pass: each try needs a plan of its own. */
export class EditPlan {
  readonly editors = new Map<string, RowEditor[]>();
  expectation: Expectation | undefined;
  /** Of what is created. */
  nativeId: string | undefined;

  add(file: string, editor: RowEditor): void {
    const list = this.editors.get(file) ?? [];
    this.editors.set(file, list);
    list.push(editor);
  }
}
