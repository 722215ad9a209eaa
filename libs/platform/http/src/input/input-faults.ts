import type { z } from 'zod';
import type { FaultPointer, InputFault } from '@qlvb/shared-domain';
import { inputMessage } from './input-messages.ts';
import { pointerTo } from './text-rules.ts';

type Issue = z.core.$ZodIssue;

/** Validates against a schema. */
export function check<S extends z.ZodType>(
  schema: S,
  value: unknown,
  pointer: FaultPointer,
  faults: InputFault[],
): z.output<S> | undefined {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  for (const issue of result.error.issues) faults.push(...faultsOf(issue, pointer));
  return undefined;
}

function faultsOf(issue: Issue, base: FaultPointer): InputFault[] {
  const pointer = issue.path.reduce<FaultPointer>(pointerTo, base);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      pointer: pointerTo(pointer, key),
      code: 'unknown-field',
      detail: inputMessage(issue),
    }));
  }
  return [{ pointer, code: faultCode(issue), detail: inputMessage(issue) }];
}

/** Stable codes of our own: a client must not depend on the validation library's. */
function faultCode(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'required' : 'wrong-type';
    case 'too_small':
      return issue.origin === 'string' || issue.origin === 'array' ? 'too-short' : 'too-small';
    case 'too_big':
      return issue.origin === 'string' || issue.origin === 'array' ? 'too-long' : 'too-large';
    case 'invalid_format':
      return 'wrong-format';
    case 'invalid_value':
      return issue.input === undefined ? 'required' : 'not-allowed';
    case 'invalid_union':
      return issue.input === undefined ? 'required' : 'not-allowed';
    case 'custom':
      return typeof issue.params?.['code'] === 'string' ? issue.params['code'] : 'rule-broken';
    default:
      return 'not-valid';
  }
}
