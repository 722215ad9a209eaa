import { asks } from '@qlvb/platform-http';
import { exchangeTextFault } from '@qlvb/edxml';
import type { LimitedField } from '@qlvb/edxml';
import { z } from 'zod';

/**
 * A name that stands in packages of the exchange: one that cannot be written into them is refused where it is given, not when
 * a document with it is to go out.
 *
 * @source QĐ28-A10-1
 */
export const exchangedText = (field: LimitedField, max: number): z.ZodString =>
  z
    .string()
    .min(1)
    .max(max)
    .refine(
      (text) => exchangeTextFault(text, field) === undefined,
      asks({
        vi: 'Trục liên thông không nhận: quá dài, có ký tự lạ, hoặc có dấu hiệu ghi độ mật.',
        en: 'The exchange does not take it: too long, unusual characters, or the look of a secrecy mark.',
      }),
    );
