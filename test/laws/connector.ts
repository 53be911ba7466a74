import type { WireApplicationPayload } from '@oaa-kit/oaa';
import type { Directory } from '@oaa-kit/scim-writeback/directory';
import type { LawApplication } from './application.ts';
import type { SideCommand } from './histories.ts';
import { judgeMerge, lookBeforeBase } from './merge-model.ts';

/** Extracts bases and submits them, and looks at what they come to. */
export class Connector {
  readonly broken: string[] = [];
  readonly #organization: string;
  readonly #application: LawApplication;
  /** As it is at the time. */
  readonly #directory: () => Directory;
  #extraction: { readonly asOf: string; payload: WireApplicationPayload | undefined } | undefined;
  #lastSubmitted: { readonly asOf: string; readonly payload: WireApplicationPayload } | undefined;

  constructor(organization: string, application: LawApplication, directory: () => Directory) {
    this.#organization = organization;
    this.#application = application;
    this.#directory = directory;
  }

  /** A base that is extracted and submitted while nothing else happens. */
  async submit() {
    const { asOf } = await this.#bases.begin();
    return this.#merge({ asOf, payload: this.#application.extract() });
  }

  async take(step: Extract<SideCommand, { type: 'base' }>['step']): Promise<void> {
    switch (step) {
      case 'begin':
        this.#extraction = { ...(await this.#bases.begin()), payload: undefined };
        return;
      case 'extract':
        if (this.#extraction !== undefined) this.#extraction.payload ??= this.#application.extract();
        return;
      case 'submit': {
        const extraction = this.#extraction ?? { ...(await this.#bases.begin()), payload: undefined };
        const { asOf, payload = this.#application.extract() } = extraction;
        this.#extraction = undefined;
        await this.#merge({ asOf, payload });
        return;
      }
      case 'submit the same again':
        await this.#submitAgain();
    }
  }

  async #submitAgain(): Promise<void> {
    if (this.#lastSubmitted === undefined) return;
    const plain = this.#directory().organization(this.#organization);
    const before = await plain.revision();
    // Who could not be told from somebody else then may be now.
    const { users = [], groups = [] } = (await this.#bases.last())?.linking ?? {};
    await this.#merge(this.#lastSubmitted);
    const merged = (await plain.changes(before, 100)).filter(({ origin }) => origin === 'extraction');
    if (merged.length > 0 && ![...users, ...groups].includes(null)) {
      this.broken.push(`A base that was submitted again changed ${JSON.stringify(merged)}`);
    }
  }

  async #merge(submitted: { readonly asOf: string; readonly payload: WireApplicationPayload }) {
    this.#lastSubmitted = submitted;
    const { asOf, payload } = submitted;
    const before = await lookBeforeBase(this.#directory(), this.#organization);
    const options = { asOf, actor: 'connector', maxRemovalPercent: 100 };
    const accepted = await this.#bases.submit(payload, options);
    const [revision = 0, generation = 0] = asOf.split('.').map(Number);
    if (before === undefined) return accepted;
    const begun = { revision, generation };
    this.broken.push(...(await judgeMerge(this.#directory(), this.#organization, before, accepted, begun)));
    return accepted;
  }

  get #bases() {
    return this.#directory().bases(this.#organization);
  }
}
