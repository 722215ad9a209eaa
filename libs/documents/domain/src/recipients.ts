import { RecipientsInvalid } from './problems.ts';

/** One line of *Nơi nhận*: an agency on the exchange, a unit of the own agency, or somebody reached on paper. */
export interface Recipient {
  readonly name: string;
  readonly channel: 'exchange' | 'internal' | 'paper';
  /** Agency code on the exchange; needed for `exchange`. */
  readonly agencyCode?: string | undefined;
  /** For action (để thực hiện) or for information (để biết). */
  readonly purpose: 'action' | 'information';
}

/**
 * Recipients that a document can be issued to.
 *
 * @param ownAgencyCode code of the issuing agency, which is not its own exchange recipient
 * @param canReceive whether a code belongs to an agency that exists today; a closed code is history only
 * @throws RecipientsInvalid
 * @source NĐ30-PL1-II.9c
 * @source QĐ28-A8-2
 */
export function assertRecipients(
  recipients: readonly Recipient[],
  ownAgencyCode: string,
  canReceive: (agencyCode: string) => boolean,
): void {
  if (recipients.length === 0) throw RecipientsInvalid({ reason: 'chưa có nơi nhận' });
  const seen = new Set<string>();
  for (const { name, channel, agencyCode } of recipients) {
    if (name.trim() === '') throw RecipientsInvalid({ reason: 'nơi nhận không có tên' });
    if (channel === 'exchange') {
      if (!agencyCode) throw RecipientsInvalid({ reason: `"${name}" không có mã định danh` });
      if (agencyCode === ownAgencyCode) throw RecipientsInvalid({ reason: 'không gửi cho chính cơ quan ban hành' });
      if (!canReceive(agencyCode)) throw RecipientsInvalid({ reason: `mã định danh ${agencyCode} không còn hiệu lực` });
    }
    const key = agencyCode ?? `${channel}:${name.normalize('NFC').trim().toLocaleLowerCase('vi')}`;
    if (seen.has(key)) throw RecipientsInvalid({ reason: `"${name}" bị trùng` });
    seen.add(key);
  }
}
