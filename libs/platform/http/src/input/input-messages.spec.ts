import { z } from 'zod';
import { inputMessage } from './input-messages.ts';

const said = (schema: z.ZodType, value: unknown): { vi: string; en: string } => {
  const [issue] = schema.safeParse(value, { reportInput: true }).error?.issues ?? [];
  if (!issue) throw new Error('accepted');
  return inputMessage(issue);
};

describe('what is wrong with a value', () => {
  it.each<[string, z.ZodType, unknown, string, string]>([
    ['an empty text', z.string().min(1), '', 'Không được để trống.', 'Must not be empty.'],
    ['a short text', z.string().min(8), 'x', 'Phải có ít nhất 8 ký tự.', 'Must have at least 8 characters.'],
    ['a text above one', z.string().max(1), 'xx', 'Có tối đa 1 ký tự.', 'May have at most 1 character.'],
    ['a long text', z.string().max(2), 'xxx', 'Có tối đa 2 ký tự.', 'May have at most 2 characters.'],
    ['an empty list', z.array(z.string()).min(1), [], 'Phải có ít nhất 1 mục.', 'Must have at least 1 item.'],
    ['a short list', z.array(z.string()).min(2), ['x'], 'Phải có ít nhất 2 mục.', 'Must have at least 2 items.'],
    ['a list above one', z.array(z.string()).max(1), ['x', 'y'], 'Có tối đa 1 mục.', 'May have at most 1 item.'],
    ['a small number', z.int().min(1), 0, 'Phải từ 1 trở lên.', 'Must be 1 or more.'],
  ])('F-53 is said of %s in words that agree with the number', (_title, schema, value, vi, en) => {
    expect(said(schema, value)).toEqual({ vi, en });
  });
});
