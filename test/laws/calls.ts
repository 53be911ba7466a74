import type { AdapterAnswer, AdapterCall, ApplicationOperation } from '@oaa-kit/scim-writeback/application';
import type { Directory, Intent, ResourceKind, StoredResource } from '@oaa-kit/scim-writeback/directory';
import type { Life } from './mortal.ts';
import { type AskedRequest, everything } from './scim-request.ts';

/** Looks at each call of the application as it is made. */
export class CallLedger {
  readonly broken: string[] = [];
  readonly #organization: string;
  readonly #requestOf: (requestId: string) => Pick<AskedRequest, 'hasNamesForKeys' | 'revision'> | undefined;
  readonly #underWay = new Map<string, { readonly call: AdapterCall; readonly life: Life }>();
  #count = 0;
  #hasRefused = false;

  /** @param requestOf that has come over SCIM with this id */
  constructor(
    organization: string,
    requestOf: (requestId: string) => Pick<AskedRequest, 'hasNamesForKeys' | 'revision'> | undefined,
  ) {
    this.#organization = organization;
    this.#requestOf = requestOf;
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
    if (own?.state !== 'open') {
      this.broken.push(`${operation.type} (${key}) is asked for without an open intent.`);
      return;
    }
    const request = own.context.origin === 'scim' ? this.#requestOf(own.context.requestId) : undefined;
    if (request === undefined) {
      this.broken.push(`${operation.type} is asked for by ${own.context.requestId}, which is no request of SCIM.`);
    }
    const named = namedBy(operation);
    if (named === undefined || own.refusal !== undefined) return;
    const { kind, name } = named;
    // Elsewhere names of groups may repeat, and of what came before the first base nobody knew.
    const isKept = ({ context: { requestId } }: Intent) =>
      kind === 'User' || this.#requestOf(requestId)?.hasNamesForKeys === true;
    if (!isKept(own)) return;
    for (const intent of intents) {
      const isOther = intent !== own && intent.refusal === undefined && isKept(intent);
      const isNamed = intent.operations.map(namedBy).some((one) => one?.kind === kind && one.name === name);
      if (isOther && isNamed) this.broken.push(`${kind} ${name} is on its way to two at a time.`);
    }
    const plain = directory.organization(this.#organization);
    const { resources } = await plain.list(kind, everything);
    const bearer = resources.find(({ attributes }) => nameOf(attributes) === name);
    if (bearer === undefined || bearer.id === own.resourceId) return;
    // A group that is being made may come with a base as well: it is found out to be the same.
    const since = operation.type === 'create-group' ? await plain.changes(request?.revision ?? 0, 100_000) : [];
    if (
      since.some(({ id, operation: what, origin }) => id === bearer.id && what === 'create' && origin === 'extraction')
    )
      return;
    this.broken.push(`${kind} ${name} is asked for, and is the name of ${bearer.id}.`);
  }
}

interface Named {
  readonly kind: ResourceKind;
  readonly name: string;
}

/** The name that an operation gives to somebody. */
function namedBy(operation: ApplicationOperation): Named | undefined {
  switch (operation.type) {
    case 'create-user':
    case 'update-user':
    case 'create-group':
    case 'update-group':
      return { kind: operation.after.kind, name: nameOf(operation.after.attributes) };
    default:
      return undefined;
  }
}

function nameOf({ userName, displayName }: StoredResource['attributes']): string {
  return String(userName ?? displayName).toLowerCase();
}
