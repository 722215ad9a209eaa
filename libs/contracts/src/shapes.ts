import { z } from 'zod';

/** Ids, dates and texts as they travel between services. */
export const id = z.uuid();
export const instant = z.iso.datetime({ offset: true });
export const calendarDate = z.iso.date();
export const shortText = z.string().min(1).max(500);
export const agencyCode = z.string().min(1).max(35);
export const urgency = z.enum(['normal', 'urgent', 'veryUrgent', 'flash']);
export type Urgency = z.infer<typeof urgency>;

export const isUrgent = (data: { urgency: Urgency }): boolean => data.urgency !== 'normal';

/** A file by claim check: the bytes stay in the object store. */
export const fileRef = z.object({
  fileId: id,
  role: z.enum(['main', 'attachment']),
  name: z.string().min(1).max(255),
  mediaType: z.string().min(1).max(127),
  sizeBytes: z.int().nonnegative(),
  sha256: z.hex().length(64),
  objectKey: z.string().min(1).max(300),
});
export type FileRef = z.infer<typeof fileRef>;

export const person = z.object({ userId: id, postId: id, fullName: shortText, position: shortText });
export type Person = z.infer<typeof person>;

/** A receiver as written in "Nơi nhận"; `agencyCode` when it takes part in the exchange. */
export const recipient = z.object({
  recipientId: id,
  agencyId: id.optional(),
  agencyCode: agencyCode.optional(),
  name: shortText,
});
export type Recipient = z.infer<typeof recipient>;

const ID = (n: number): string => `0191e9a0-0000-7000-8000-${String(n).padStart(12, '0')}`;

/** Values for the declarations' examples. */
export const sample = {
  id: ID,
  at: '2026-11-23T08:00:00+07:00',
  date: '2026-11-23',
  file: {
    fileId: ID(900),
    role: 'main',
    name: 'quyet-dinh.pdf',
    mediaType: 'application/pdf',
    sizeBytes: 120_000,
    sha256: 'ab'.repeat(32),
    objectKey: `sha256/ab/ab/${'ab'.repeat(32)}`,
  } satisfies FileRef,
  person: { userId: ID(800), postId: ID(801), fullName: 'Nguyễn Văn An', position: 'Giám đốc' } satisfies Person,
  recipient: { recipientId: ID(700), agencyId: ID(701), agencyCode: 'H46.03', name: 'Sở Nội vụ' } satisfies Recipient,
};
