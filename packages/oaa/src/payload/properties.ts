import { InputError } from '../errors/errors.ts';
import { didYouMean } from '../errors/nearest-name.ts';
import { foldKey } from './keys.ts';
import { exceedsBytes, limits } from './limits.ts';
import { showValue } from './show-value.ts';
import { isTimestamp, type Timestamp, wireTimestamp } from './timestamps.ts';

/** Types of custom properties, named as on the wire (reference 1.0.2). */
export const propertyTypes = ['BOOLEAN', 'NUMBER', 'STRING', 'STRING_LIST', 'TIMESTAMP'] as const;

export type PropertyType = (typeof propertyTypes)[number];

/** A custom property's value on the wire. */
export type PropertyValue = boolean | number | string | readonly string[];

/** Names and types of the custom properties of one kind of entity: `{ department: 'STRING' }`. */
export type PropertyDefinitions = Readonly<Record<string, PropertyType>>;

interface PropertyInput {
  readonly BOOLEAN: boolean;
  readonly NUMBER: number;
  readonly STRING: string;
  readonly STRING_LIST: readonly string[];
  readonly TIMESTAMP: Timestamp;
}

/** The values that fit `Definitions`. */
export type PropertyInputs<Definitions extends PropertyDefinitions> = {
  readonly [Name in keyof Definitions]?: PropertyInput[Definitions[Name]] | undefined;
};

const namePattern = /^[a-z][a-z_]*$/;

/** Whether the tenant takes `name` for a property of the application and HRIS templates; case does not count. */
export function isPropertyName(name: string): boolean {
  return namePattern.test(name.toLowerCase());
}

export type PropertyProblem = {
  readonly code: 'property-type' | 'bad-timestamp' | 'too-long';
  readonly message: string;
};

const expectations: Readonly<Record<PropertyType, string>> = {
  BOOLEAN: 'true or false',
  NUMBER: 'a finite number',
  STRING: 'a string',
  STRING_LIST: 'a list of strings',
  TIMESTAMP: 'an RFC 3339 timestamp such as "2026-01-31T09:00:00Z"',
};

function fits(type: PropertyType, value: unknown): boolean {
  switch (type) {
    case 'BOOLEAN':
      return typeof value === 'boolean';
    case 'NUMBER':
      return typeof value === 'number' && Number.isFinite(value);
    case 'STRING_LIST':
      return Array.isArray(value) && value.every((item) => typeof item === 'string');
    default:
      return typeof value === 'string';
  }
}

/** What is wrong with a wire value for a property of `type`, or undefined. */
export function propertyProblem(type: PropertyType, value: unknown): PropertyProblem | undefined {
  if (!fits(type, value)) return { code: 'property-type', message: `${showValue(value)} is not ${expectations[type]}` };
  if (type === 'TIMESTAMP' && !isTimestamp(value as string)) {
    return { code: 'bad-timestamp', message: `${showValue(value)} is not ${expectations.TIMESTAMP}` };
  }
  const texts = type === 'STRING' ? [value as string] : type === 'STRING_LIST' ? (value as readonly string[]) : [];
  if (texts.some((text) => exceedsBytes(text, limits.propertyStringBytes))) {
    return {
      code: 'too-long',
      message: `The text is longer than ${limits.propertyStringBytes.toLocaleString('en')} bytes`,
    };
  }
  return undefined;
}

interface PropertyDefinition {
  readonly name: string;
  readonly type: PropertyType;
}

/** The property definitions of one kind of entity, looked up without regard to case. Does not change. */
export class PropertySchema {
  readonly #definitions: ReadonlyMap<string, PropertyDefinition>;
  readonly #subject: string;

  /** `subject` names the kind of entity in messages: `local user`. */
  constructor(subject: string, definitions: ReadonlyMap<string, PropertyDefinition> = new Map()) {
    this.#subject = subject;
    this.#definitions = definitions;
  }

  /**
   * A schema with these definitions too.
   * @throws InputError for a bad name or type, and when a name is already defined with another type.
   */
  with(definitions: PropertyDefinitions): PropertySchema {
    const all = new Map(this.#definitions);
    for (const [name, type] of Object.entries(definitions)) {
      if (!isPropertyName(name)) {
        throw new InputError('property-undefined', `Property name ${JSON.stringify(name)} is not allowed`, {
          hint: 'Use letters and underscores only, starting with a letter (digits are not allowed).',
        });
      }
      if (!propertyTypes.includes(type)) {
        throw new InputError('property-type', `Property "${name}" has the unknown type ${JSON.stringify(type)}`, {
          hint: `Types are ${propertyTypes.join(', ')}.`,
        });
      }
      const known = all.get(foldKey(name));
      if (known !== undefined && known.type !== type) {
        throw new InputError(
          'property-type',
          `Property "${name}" of ${this.#subject} is defined as ${known.type} and as ${type}`,
        );
      }
      if (known === undefined) all.set(foldKey(name), { name, type });
    }
    return new PropertySchema(this.#subject, all);
  }

  get size(): number {
    return this.#definitions.size;
  }

  names(): string[] {
    return Array.from(this.#definitions.values(), (definition) => definition.name);
  }

  /** The definitions as they stand on the wire. */
  toWire(): PropertyDefinitions {
    return Object.fromEntries(Array.from(this.#definitions.values(), ({ name, type }) => [name, type]));
  }

  /** The property as it was defined, with its spelling; undefined when it is not. */
  find(name: string): PropertyDefinition | undefined {
    return this.#definitions.get(foldKey(name));
  }

  /**
   * The property as it was defined, with its spelling.
   * @throws InputError `property-undefined`.
   */
  definition(name: string): PropertyDefinition {
    const definition = this.find(name);
    if (definition === undefined) {
      const known = this.names();
      throw new InputError(
        'property-undefined',
        `Property "${name}" is not defined for ${this.#subject}.${didYouMean(name, known)}`,
        { hint: known.length === 0 ? 'Define it where the application is made.' : `Defined are: ${known.join(', ')}.` },
      );
    }
    return definition;
  }

  /**
   * Checks one value and returns it as it stands on the wire, with the defined spelling of its name.
   * @throws InputError `property-undefined` or `property-type`.
   */
  check(name: string, value: unknown): [name: string, value: PropertyValue] {
    const definition = this.definition(name);
    const wire = value instanceof Date ? wireTimestamp(value) : value;
    const problem = propertyProblem(definition.type, wire);
    if (problem !== undefined) {
      throw new InputError('property-type', `Property "${definition.name}" of ${this.#subject}: ${problem.message}.`);
    }
    return [definition.name, Array.isArray(wire) ? Object.freeze([...wire]) : (wire as PropertyValue)];
  }
}
