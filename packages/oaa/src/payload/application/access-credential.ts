import type { PropertySchema } from '../properties.ts';
import type { Timestamp } from '../timestamps.ts';
import type { ApplicationProperties, DefinitionsOf } from './application-properties.ts';
import type { ApplicationScope } from './application-scope.ts';
import type { EntityOptions } from './entity.ts';
import { Identity } from './identity.ts';
import type { WireAccessCredential } from './wire.ts';

export interface AccessCredentialOptions<Properties extends ApplicationProperties = ApplicationProperties>
  extends Omit<EntityOptions<DefinitionsOf<Properties, 'accessCredential'>>, 'id'> {
  /** True when left out. */
  readonly isActive?: boolean | undefined;
  readonly canExpire?: boolean | undefined;
  readonly createdAt?: Timestamp | undefined;
  readonly expiresAt?: Timestamp | undefined;
  readonly lastUsedAt?: Timestamp | undefined;
}

/** An API key, token, certificate or integration. Belongs to users, or stands alone; names may repeat, ids not. */
export class AccessCredential<Properties extends ApplicationProperties = ApplicationProperties> extends Identity<
  Properties,
  DefinitionsOf<Properties, 'accessCredential'>
> {
  readonly identityType = 'local_access_creds';
  isActive: boolean;
  canExpire: boolean | undefined;
  #createdAt: string | undefined;
  #expiresAt: string | undefined;
  #lastUsedAt: string | undefined;

  /** @internal Use `application.addAccessCredential`. */
  constructor(
    application: ApplicationScope,
    id: string,
    name: string,
    options: AccessCredentialOptions<Properties> | undefined,
  ) {
    super(application, name, { ...options, id } as EntityOptions<DefinitionsOf<Properties, 'accessCredential'>>);
    this.isActive = options?.isActive ?? true;
    this.canExpire = options?.canExpire;
    this.createdAt = options?.createdAt;
    this.expiresAt = options?.expiresAt;
    this.lastUsedAt = options?.lastUsedAt;
    this.attach(options);
  }

  get createdAt(): string | undefined {
    return this.#createdAt;
  }

  set createdAt(timestamp: Timestamp | undefined) {
    this.#createdAt = this.timestamp('createdAt', timestamp);
  }

  get expiresAt(): string | undefined {
    return this.#expiresAt;
  }

  set expiresAt(timestamp: Timestamp | undefined) {
    this.#expiresAt = this.timestamp('expiresAt', timestamp);
  }

  get lastUsedAt(): string | undefined {
    return this.#lastUsedAt;
  }

  set lastUsedAt(timestamp: Timestamp | undefined) {
    this.#lastUsedAt = this.timestamp('lastUsedAt', timestamp);
  }

  /** @internal */
  toWire(): WireAccessCredential {
    const wire = this.wireStart();
    wire.is_active = this.isActive;
    if (this.canExpire !== undefined) wire.can_expire = this.canExpire;
    if (this.#createdAt !== undefined) wire.created_at = this.#createdAt;
    if (this.#expiresAt !== undefined) wire.expires_at = this.#expiresAt;
    if (this.#lastUsedAt !== undefined) wire.last_used_at = this.#lastUsedAt;
    this.writeAttachments(wire);
    return wire as unknown as WireAccessCredential;
  }

  protected override propertySchema(): PropertySchema {
    return this.application.schemas.of('accessCredential');
  }
}
