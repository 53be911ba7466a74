import type { AdapterAnswer, AdapterCall, ApplicationOperation } from '@oaa-kit/scim-writeback/application';
import type { Directory } from '@oaa-kit/scim-writeback/directory';
import type { Life } from './mortal.ts';
import { everything } from './scim-request.ts';

/** Looks at each call of the application as it is made. */
export class CallLedger {
  readonly broken: string[] = [];
  readonly #organization: string;
  readonly #isAsked: (requestId: string) => boolean;
  readonly #underWay = new Map<string, { readonly call: AdapterCall; readonly life: Life }>();
  #count = 0;
  #hasRefused = false;

  /** @param isAsked whether a request with this id has come over SCIM */
  constructor(organization: string, isAsked: (requestId: string) => boolean) {
    this.#organization = organization;
    this.#isAsked = isAsked;
  }

  /** How many calls there were. */
  get count(): number {
    return this.#count;
  }

  /** Whether the application has refused something since it was asked last. */
  takeRefusal(): boolean {
    const hasRefused = this.#hasRefused;
    this.#hasRefused = false;
    return hasRefused;
  }

  answered({ type }: AdapterAnswer, { idempotencyKey }: AdapterCall): void {
    this.#underWay.delete(idempotencyKey);
    if (type === 'refused') this.#hasRefused = true;
  }

  async called(operation: ApplicationOperation, call: AdapterCall, directory: Directory, life: Life): Promise<void> {
    const { idempotencyKey: key } = call;
    this.#count += 1;
    const other = this.#underWay.get(key);
    if (other !== undefined && !other.call.signal.aborted && !other.life.isDead) {
      this.broken.push(`${operation.type} (${key}) is asked for twice at a time.`);
    }
    this.#underWay.set(key, { call, life });
    const [id = ''] = key.split('.');
    const intents = await directory.intents(this.#organization).list();
    const own = intents.find((intent) => intent.id === id);
    if (own?.state !== 'open') this.broken.push(`${operation.type} (${key}) is asked for without an open intent.`);
    else if (own.context.origin !== 'scim' || !this.#isAsked(own.context.requestId)) {
      this.broken.push(`${operation.type} is asked for by ${own.context.requestId}, which is no request of SCIM.`);
    }
    const name = own === undefined ? undefined : nameIn(operation);
    if (name === undefined || own?.refusal !== undefined) return;
    for (const intent of intents) {
      const isOther = intent !== own && intent.refusal === undefined;
      if (isOther && intent.operations.some((one) => nameIn(one) === name)) {
        this.broken.push(`${name} is on its way to two at a time.`);
      }
    }
    const { resources } = await directory.organization(this.#organization).list('User', everything);
    const bearer = resources.find(({ attributes }) => String(attributes.userName).toLowerCase() === name);
    if (bearer !== undefined && bearer.id !== own?.resourceId) {
      this.broken.push(`${name} is asked for, and is the name of ${bearer.id}.`);
    }
  }
}

/** The user name that an operation gives to somebody. */
function nameIn(operation: ApplicationOperation): string | undefined {
  const isNaming = operation.type === 'create-user' || operation.type === 'update-user';
  return isNaming ? String(operation.after.attributes.userName).toLowerCase() : undefined;
}
