import { fillLabel, RECIPIENT_REASONS } from '@qlvb/contracts';
import { RecipientsInvalid } from './recipients.problems.ts';

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
  if (recipients.length === 0) throw RecipientsInvalid({ reason: RECIPIENT_REASONS.none });
  const seen = new Set<string>();
  for (const { name, channel, agencyCode } of recipients) {
    if (name.trim() === '') throw RecipientsInvalid({ reason: RECIPIENT_REASONS['without-name'] });
    if (channel === 'exchange') {
      if (!agencyCode) throw RecipientsInvalid({ reason: fillLabel(RECIPIENT_REASONS['without-code'], { name }) });
      if (agencyCode === ownAgencyCode) throw RecipientsInvalid({ reason: RECIPIENT_REASONS['own-agency'] });
      if (!canReceive(agencyCode)) {
        throw RecipientsInvalid({ reason: fillLabel(RECIPIENT_REASONS['code-ended'], { code: agencyCode }) });
      }
    }
    const key = agencyCode ?? `${channel}:${name.normalize('NFC').trim().toLocaleLowerCase('vi')}`;
    if (seen.has(key)) throw RecipientsInvalid({ reason: fillLabel(RECIPIENT_REASONS.twice, { name }) });
    seen.add(key);
  }
}
