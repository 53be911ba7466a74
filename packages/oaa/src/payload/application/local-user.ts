import type { PropertySchema } from '../properties.ts';
import { appended, type Reference, ReferenceList } from '../reference-list.ts';
import type { Timestamp } from '../timestamps.ts';
import type { AccessCredential } from './access-credential.ts';
import type { ApplicationProperties, DefinitionsOf } from './application-properties.ts';
import type { ApplicationScope } from './application-scope.ts';
import type { EntityOptions } from './entity.ts';
import { Identity } from './identity.ts';
import type { LocalGroup } from './local-group.ts';
import type { UserType, WireUser } from './wire.ts';

export interface LocalUserOptions<Properties extends ApplicationProperties = ApplicationProperties>
  extends EntityOptions<DefinitionsOf<Properties, 'user'>> {
  readonly email?: string | undefined;
  /** What the tenant matches to users of an identity provider: mostly the e-mail address. */
  readonly identities?: readonly string[] | undefined;
  readonly groups?: readonly Reference<LocalGroup<Properties>>[] | undefined;
  readonly accessCredentials?: readonly Reference<AccessCredential<Properties>>[] | undefined;
  /** Left out, the tenant does not know: that is not the same as false. */
  readonly isActive?: boolean | undefined;
  readonly createdAt?: Timestamp | undefined;
  readonly lastLoginAt?: Timestamp | undefined;
  readonly deactivatedAt?: Timestamp | undefined;
  readonly passwordLastChangedAt?: Timestamp | undefined;
  readonly userType?: UserType | undefined;
}

/** A local account of the application, also where people log in through single sign-on. */
export class LocalUser<Properties extends ApplicationProperties = ApplicationProperties> extends Identity<
  Properties,
  DefinitionsOf<Properties, 'user'>
> {
  readonly identityType = 'local_user';
  email: string | undefined;
  isActive: boolean | undefined;
  #createdAt: string | undefined;
  #lastLoginAt: string | undefined;
  #deactivatedAt: string | undefined;
  #passwordLastChangedAt: string | undefined;
  userType: UserType | undefined;
  #identities: string[] | undefined;
  #groups: ReferenceList<LocalGroup<Properties>> | undefined;
  #accessCredentials: ReferenceList<AccessCredential<Properties>> | undefined;

  /** @internal Use `application.addUser`. */
  constructor(application: ApplicationScope, name: string, options: LocalUserOptions<Properties> | undefined) {
    super(application, name, options);
    this.email = options?.email;
    this.isActive = options?.isActive;
    this.createdAt = options?.createdAt;
    this.lastLoginAt = options?.lastLoginAt;
    this.deactivatedAt = options?.deactivatedAt;
    this.passwordLastChangedAt = options?.passwordLastChangedAt;
    this.userType = options?.userType;
    if (options === undefined) return;
    if (options.identities !== undefined) for (const identity of options.identities) this.addIdentity(identity);
    if (options.groups !== undefined) for (const group of options.groups) this.addToGroup(group);
    for (const credential of options.accessCredentials ?? []) this.addAccessCredential(credential);
    this.attach(options);
  }

  get createdAt(): string | undefined {
    return this.#createdAt;
  }

  set createdAt(timestamp: Timestamp | undefined) {
    this.#createdAt = this.timestamp('createdAt', timestamp);
  }

  get lastLoginAt(): string | undefined {
    return this.#lastLoginAt;
  }

  set lastLoginAt(timestamp: Timestamp | undefined) {
    this.#lastLoginAt = this.timestamp('lastLoginAt', timestamp);
  }

  get deactivatedAt(): string | undefined {
    return this.#deactivatedAt;
  }

  set deactivatedAt(timestamp: Timestamp | undefined) {
    this.#deactivatedAt = this.timestamp('deactivatedAt', timestamp);
  }

  get passwordLastChangedAt(): string | undefined {
    return this.#passwordLastChangedAt;
  }

  set passwordLastChangedAt(timestamp: Timestamp | undefined) {
    this.#passwordLastChangedAt = this.timestamp('passwordLastChangedAt', timestamp);
  }

  addIdentity(identity: string): this {
    if (this.#identities?.includes(identity) !== true) this.#identities = appended(this.#identities, identity);
    return this;
  }

  /** @throws InputError `entity-foreign` for a group of another application. */
  addToGroup(group: Reference<LocalGroup<Properties>>): this {
    this.application.checkOwn(group);
    this.#groups ??= new ReferenceList();
    this.#groups.add(group);
    return this;
  }

  removeFromGroup(group: Reference<LocalGroup<Properties>>): boolean {
    return (this.#groups?.delete(group) ?? -1) >= 0;
  }

  /** @throws InputError `entity-foreign` for a credential of another application. */
  addAccessCredential(credential: Reference<AccessCredential<Properties>>): this {
    this.application.checkOwn(credential);
    this.#accessCredentials ??= new ReferenceList();
    this.#accessCredentials.add(credential);
    return this;
  }

  /** @internal */
  toWire(): WireUser {
    const wire = this.wireStart();
    if (this.email !== undefined && this.email !== '') wire.email = this.email;
    if (this.#identities !== undefined) wire.identities = [...this.#identities];
    const groups = this.#groups?.keys() ?? [];
    if (groups.length > 0) wire.groups = groups;
    const credentials = this.#accessCredentials?.keys() ?? [];
    if (credentials.length > 0) wire.access_creds = credentials;
    if (this.isActive !== undefined) wire.is_active = this.isActive;
    if (this.#createdAt !== undefined) wire.created_at = this.#createdAt;
    if (this.#lastLoginAt !== undefined) wire.last_login_at = this.#lastLoginAt;
    if (this.#deactivatedAt !== undefined) wire.deactivated_at = this.#deactivatedAt;
    if (this.#passwordLastChangedAt !== undefined) wire.password_last_changed_at = this.#passwordLastChangedAt;
    if (this.userType !== undefined) wire.user_type = this.userType;
    this.writeAttachments(wire);
    return wire as unknown as WireUser;
  }

  protected override propertySchema(): PropertySchema {
    return this.application.schemas.of('user');
  }
}
