import { foldName } from '../text/fold-name.ts';
import { type AttributePath, printAttributePath } from './attribute-path.ts';
import { commonAttributes } from './common-attributes.ts';
import type { Attribute, ResourceType, Schema } from './schema.ts';

/** An attribute path that names something. */
export interface ResolvedPath {
  /** The extension that the attribute is of; undefined for core and common attributes. */
  readonly extension: Schema | undefined;
  readonly attribute: Attribute;
  readonly sub: Attribute | undefined;
}

type Attributes = ReadonlyMap<string, Attribute>;

/** The schemas of a resource type, compiled for looking names up as clients spell them: in any case, with or without URN. */
export class ResourceSchema {
  readonly type: ResourceType;
  /** Common and core attributes, in the order of answers. */
  readonly attributes: readonly Attribute[];
  readonly #core: Attributes;
  readonly #extensions: ReadonlyMap<string, { readonly schema: Schema; readonly attributes: Attributes }>;
  readonly #subAttributes = new Map<Attribute, Attributes>();

  constructor(type: ResourceType) {
    this.type = type;
    this.attributes = [...commonAttributes, ...type.schema.attributes];
    this.#core = this.#compile(this.attributes);
    this.#extensions = new Map(
      type.extensions.map(({ schema }) => [
        foldName(schema.id),
        { schema, attributes: this.#compile(schema.attributes) },
      ]),
    );
  }

  /** What a path names, or undefined where the schemas have no such attribute. RFC 7644 s3.10. */
  resolve(path: AttributePath): ResolvedPath | undefined {
    const found = this.#find(path);
    if (found === undefined || path.sub === undefined) return found && { ...found, sub: undefined };
    const sub = this.subAttribute(found.attribute, path.sub);
    return sub && { ...found, sub };
  }

  /** The schema that a path names as a whole, such as `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User`. */
  resolveSchema(path: AttributePath): Schema | undefined {
    return path.urn === undefined ? undefined : this.schema(printAttributePath(path));
  }

  /** The schema with a URN: the core one or an extension. */
  schema(urn: string): Schema | undefined {
    const folded = foldName(urn);
    return folded === foldName(this.type.schema.id) ? this.type.schema : this.#extensions.get(folded)?.schema;
  }

  /** A core or common attribute, or with `extension` one of that extension. */
  attribute(name: string, extension?: Schema): Attribute | undefined {
    const attributes = extension === undefined ? this.#core : this.#extensions.get(foldName(extension.id))?.attributes;
    return attributes?.get(foldName(name));
  }

  /** A sub-attribute of one of the attributes of these schemas. */
  subAttribute(attribute: Attribute, name: string): Attribute | undefined {
    return this.#subAttributes.get(attribute)?.get(foldName(name));
  }

  #find({ urn, name }: AttributePath): Omit<ResolvedPath, 'sub'> | undefined {
    if (urn !== undefined) {
      const schema = this.schema(urn);
      if (schema === undefined) return undefined;
      const extension = schema === this.type.schema ? undefined : schema;
      const attribute = this.attribute(name, extension);
      return attribute && { extension, attribute };
    }
    const attribute = this.attribute(name);
    return attribute === undefined ? this.#findUnqualified(name) : { extension: undefined, attribute };
  }

  /** Entra ID asks for `manager eq "..."` without the URN; taken where only one extension can be meant. */
  #findUnqualified(name: string): Omit<ResolvedPath, 'sub'> | undefined {
    const found = [...this.#extensions.values()].flatMap(({ schema, attributes }) => {
      const attribute = attributes.get(foldName(name));
      return attribute === undefined ? [] : [{ extension: schema, attribute }];
    });
    return found.length === 1 ? found[0] : undefined;
  }

  #compile(attributes: readonly Attribute[]): Attributes {
    for (const attribute of attributes) {
      if (attribute.subAttributes !== undefined) {
        this.#subAttributes.set(attribute, this.#compile(attribute.subAttributes));
      }
    }
    // RFC 7643 s2.1: names of attributes are compared without regard to case.
    return new Map(attributes.map((attribute) => [foldName(attribute.name), attribute]));
  }
}
