import { isJsonObject, type JsonObject, member } from '../client/json.ts';
import type { Answer } from './wire.ts';

/** A member of an answer's object; undefined when it is none. */
export function memberOf({ body }: Pick<Answer, 'body'>, name: string): unknown {
  return isJsonObject(body) ? member(body, name) : undefined;
}

/** A part of a complex attribute of an answer's object: of `name` the `givenName`. */
export function partOf(answer: Pick<Answer, 'body'>, name: string, part: string): unknown {
  return memberOf({ body: memberOf(answer, name) }, part);
}

/** A text of an answer's object. */
export function textOf(answer: Pick<Answer, 'body'>, name: string): string | undefined {
  const value = memberOf(answer, name);
  return typeof value === 'string' ? value : undefined;
}

/** The id that a request can be sent to. RFC 7643 s3.1: a text that is not empty. */
export function idOf(answer: Pick<Answer, 'body'>): string | undefined {
  const id = textOf(answer, 'id');
  return id === undefined || /^\.{0,2}$|\p{Surrogate}/u.test(id) ? undefined : id;
}

/** The resources of a list; undefined when the answer is none. RFC 7644 s3.4.2: absent when there are none. */
export function resourcesOf(answer: Answer): readonly JsonObject[] | undefined {
  if (answer.status !== 200 || !isJsonObject(answer.body)) return undefined;
  const resources = member(answer.body, 'Resources') ?? (totalOf(answer) === 0 ? [] : undefined);
  return Array.isArray(resources) && resources.every(isJsonObject) ? resources : undefined;
}

/** `totalResults`, also where it is written as a text. */
export function totalOf(answer: Answer): number | undefined {
  const total = memberOf(answer, 'totalResults');
  const read = typeof total === 'string' && /^\d{1,15}$/.test(total) ? Number(total) : total;
  return typeof read === 'number' ? read : undefined;
}

/** The values of a multi-valued attribute: of `members` the ids, of `emails` the addresses. */
export function valuesOf(answer: Pick<Answer, 'body'>, name: string): readonly string[] {
  const values = memberOf(answer, name);
  if (!Array.isArray(values)) return [];
  return values.filter(isJsonObject).map((value) => String(member(value, 'value')));
}

/** Whether a user is active: a boolean, or the text that some services write instead. */
export function activeOf(answer: Answer): boolean | undefined {
  const active = memberOf(answer, 'active');
  const text = String(active).toLowerCase();
  return text === 'true' || text === 'false' ? text === 'true' : undefined;
}
