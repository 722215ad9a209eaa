import type { z } from 'zod';
import type { Bilingual } from '@qlvb/shared-domain';

type Issue = z.core.$ZodIssue;

/**
 * What is wrong with a value, for the person who gave it: in words of ours, since those of the validation library name types
 * and codes. What the values of a field are is told by the description of the API and by the catalogues.
 */
export function inputMessage(issue: Issue): Bilingual {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? REQUIRED : (TYPES[issue.expected] ?? NOT_VALID);
    case 'too_small':
      return LEAST[placeOf(issue.origin)](String(issue.minimum), issue.inclusive ?? true);
    case 'too_big':
      return MOST[placeOf(issue.origin)](String(issue.maximum), issue.inclusive ?? true);
    case 'invalid_format':
      return FORMATS[issue.format] ?? { vi: 'Sai định dạng.', en: 'Has the wrong format.' };
    case 'invalid_value':
    case 'invalid_union':
      return issue.input === undefined
        ? REQUIRED
        : { vi: 'Không phải giá trị được phép.', en: 'Is not one of the values allowed.' };
    case 'unrecognized_keys':
      return { vi: 'Thao tác này không nhận trường này.', en: 'This operation takes no such field.' };
    case 'custom':
      return (issue.params?.['says'] as Bilingual | undefined) ?? NOT_VALID;
    default:
      return NOT_VALID;
  }
}

/** For `refine`: what the rule asks, in both languages. */
export const asks = (says: Bilingual): { params: { says: Bilingual } } => ({ params: { says } });

const NOT_VALID: Bilingual = { vi: 'Giá trị không hợp lệ.', en: 'Is not valid.' };
const REQUIRED: Bilingual = { vi: 'Thiếu thông tin bắt buộc.', en: 'Is required.' };

const TYPES: Readonly<Record<string, Bilingual>> = {
  string: { vi: 'Phải là chữ.', en: 'Must be text.' },
  number: { vi: 'Phải là số.', en: 'Must be a number.' },
  int: { vi: 'Phải là số nguyên.', en: 'Must be a whole number.' },
  boolean: { vi: 'Phải là có hoặc không.', en: 'Must be true or false.' },
  array: { vi: 'Phải là danh sách.', en: 'Must be a list.' },
  object: { vi: 'Phải là một nhóm thông tin.', en: 'Must be an object.' },
  null: { vi: 'Phải để trống.', en: 'Must be empty.' },
};

const FORMATS: Readonly<Record<string, Bilingual>> = {
  uuid: { vi: 'Mã tham chiếu không đúng dạng.', en: 'Must be an id as this platform gives it.' },
  date: { vi: 'Phải là một ngày có thật, đủ năm, tháng, ngày.', en: 'Must be a real day: year, month, day.' },
  datetime: {
    vi: 'Phải là thời điểm đủ ngày, giờ và múi giờ.',
    en: 'Must be an instant: day, time and offset.',
  },
  email: { vi: 'Địa chỉ thư điện tử không đúng dạng.', en: 'Must be an e-mail address.' },
};

type Place = 'text' | 'list' | 'number';
const placeOf = (origin: string): Place => (origin === 'string' ? 'text' : origin === 'number' ? 'number' : 'list');
const counted = (n: string, noun: string): string => `${n} ${noun}${n === '1' ? '' : 's'}`;
type Say = (bound: string, inclusive: boolean) => Bilingual;

const LEAST: Readonly<Record<Place, Say>> = {
  text: (n) =>
    n === '1'
      ? { vi: 'Không được để trống.', en: 'Must not be empty.' }
      : { vi: `Phải có ít nhất ${n} ký tự.`, en: `Must have at least ${n} characters.` },
  list: (n) => ({ vi: `Phải có ít nhất ${n} mục.`, en: `Must have at least ${counted(n, 'item')}.` }),
  number: (n, inclusive) =>
    inclusive
      ? { vi: `Phải từ ${n} trở lên.`, en: `Must be ${n} or more.` }
      : { vi: `Phải lớn hơn ${n}.`, en: `Must be more than ${n}.` },
};
const MOST: Readonly<Record<Place, Say>> = {
  text: (n) => ({ vi: `Có tối đa ${n} ký tự.`, en: `May have at most ${counted(n, 'character')}.` }),
  list: (n) => ({ vi: `Có tối đa ${n} mục.`, en: `May have at most ${counted(n, 'item')}.` }),
  number: (n, inclusive) =>
    inclusive
      ? { vi: `Phải từ ${n} trở xuống.`, en: `Must be ${n} or less.` }
      : { vi: `Phải nhỏ hơn ${n}.`, en: `Must be less than ${n}.` },
};
