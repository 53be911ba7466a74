import { foldCase } from '../protocol/text/fold-case.ts';
import { type Made, nameAttributes } from './made.ts';
import { textOf } from './scim-answers.ts';
import type { Answer } from './wire.ts';

/** Whether an answer shows what the check has made: its name, which nobody else has, in whatever case it is kept. */
export function showsName(
  answer: Pick<Answer, 'status' | 'body'>,
  { endpoint, name }: Pick<Made, 'endpoint' | 'name'>,
): boolean {
  const shown = textOf(answer, nameAttributes[endpoint]);
  return answer.status === 200 && shown !== undefined && foldCase(shown) === foldCase(name);
}
