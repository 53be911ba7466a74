import { InputError } from '../../errors/errors.ts';
import { checkDescription } from '../description.ts';
import { KeyMap } from '../keys.ts';
import { limits } from '../limits.ts';
import type { PropertySchema } from '../properties.ts';
import type { ApplicationProperties, ResourceDefinitionsOf } from './application-properties.ts';
import type { ApplicationScope } from './application-scope.ts';
import { Entity, type EntityOptions } from './entity.ts';
import type { WireConnection, WireResource } from './wire.ts';

/** An edge to another entity of the graph, such as an AWS role. */
export interface Connection {
  readonly id: string;
  readonly nodeType: string;
}

export interface ResourceOptions<
  Properties extends ApplicationProperties = ApplicationProperties,
  ResourceType extends string = string,
> extends EntityOptions<ResourceDefinitionsOf<Properties, ResourceType>> {
  /** At most 256 bytes; `truncateBytes` cuts a longer text. */
  readonly description?: string | undefined;
  readonly connections?: readonly Connection[] | undefined;
}

/** A thing of the application that permissions are given on, with things below it. */
export class Resource<
  Properties extends ApplicationProperties = ApplicationProperties,
  ResourceType extends string = string,
> extends Entity<ResourceDefinitionsOf<Properties, ResourceType>> {
  readonly resourceType: ResourceType;
  readonly parent: Resource<Properties> | undefined;
  readonly description: string | undefined;
  readonly #path: string;
  readonly #depth: number;
  readonly #connections: WireConnection[] = [];
  #children: KeyMap<Resource<Properties>> | undefined;

  /** @internal Use `application.addResource` or `resource.addResource`. */
  constructor(
    application: ApplicationScope,
    parent: Resource<Properties> | undefined,
    name: string,
    resourceType: ResourceType,
    options: ResourceOptions<Properties, ResourceType> | undefined,
  ) {
    super(application, name, options);
    this.resourceType = resourceType;
    this.parent = parent;
    this.description = options?.description;
    const segment = this.id ?? name;
    this.#path = parent === undefined ? segment : `${parent.key}.${segment}`;
    this.#depth = parent === undefined ? 1 : parent.#depth + 1;
    if (this.#depth > limits.resourceDepth) {
      throw new InputError('input-invalid', `Resource "${name}" is more than ${limits.resourceDepth} levels deep.`);
    }
    if (resourceType.trim() === '') {
      throw new InputError('input-invalid', `The resource "${this.key}" needs a resource type.`);
    }
    checkDescription(this.description, this.key);
    for (const connection of options?.connections ?? []) this.addConnection(connection);
    this.attach(options);
  }

  /** The path from the top resource, ids or names joined with dots: what grants name. */
  override get key(): string {
    return this.#path;
  }

  override get removed(): boolean {
    return super.removed || (this.parent?.removed ?? false);
  }

  /** The resources right below this one. */
  get resources(): Iterable<Resource<Properties>> {
    return this.#children ?? [];
  }

  /**
   * Adds a resource below this one.
   * @throws InputError `duplicate-entity` when one with this id or name is there.
   */
  addResource<const Type extends string>(
    name: string,
    resourceType: Type,
    options?: ResourceOptions<Properties, Type>,
  ): Resource<Properties, Type> {
    const key = options?.id ?? name;
    if (this.#children?.has(key)) {
      throw new InputError('duplicate-entity', `Resource "${this.key}" already has a sub-resource "${key}".`, {
        hint: 'Give it another name, or give all resources an id.',
      });
    }
    const child = new Resource<Properties, Type>(
      this.application,
      this as Resource<Properties>,
      name,
      resourceType,
      options,
    );
    this.#children ??= new KeyMap();
    this.#children.set(key, child as unknown as Resource<Properties>);
    return child;
  }

  /** The resource right below this one with that id or name. */
  getResource(key: string): Resource<Properties> | undefined {
    return this.#children?.get(key);
  }

  /** Takes a resource right below this one out, with all below it and every grant on them. */
  removeResource(resource: Resource<Properties> | string): boolean {
    const key = typeof resource === 'string' ? resource : (resource.id ?? resource.name);
    const child = this.#children?.get(key);
    if (child === undefined || (typeof resource !== 'string' && child !== resource)) return false;
    child.markRemoved();
    return this.#children?.delete(key) ?? false;
  }

  /** Adds a connection; an equal one is not doubled. @throws InputError when a part is empty. */
  addConnection(connection: Connection): this {
    if (connection.id === '' || connection.nodeType === '') {
      throw new InputError('input-invalid', `A connection of "${this.key}" needs an id and a node type.`);
    }
    const { id, nodeType } = connection;
    if (!this.#connections.some((known) => known.id === id && known.node_type === nodeType)) {
      this.#connections.push(Object.freeze({ id, node_type: nodeType }));
    }
    return this;
  }

  /** @internal */
  toWire(): WireResource {
    const wire = this.wireStart();
    wire.resource_type = this.resourceType;
    if (this.description !== undefined && this.description !== '') wire.description = this.description;
    const children = Array.from(this.resources, (child) => child.toWire());
    if (children.length > 0) wire.sub_resources = children;
    this.writeAttachments(wire);
    if (this.#connections.length > 0) wire.connections = [...this.#connections];
    return wire as unknown as WireResource;
  }

  protected override propertySchema(): PropertySchema {
    return this.application.schemas.ofResource(this.resourceType);
  }
}
