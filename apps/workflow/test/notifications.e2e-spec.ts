import { ExchangeNotificationRequested, notificationRequest } from '@qlvb/contracts';
import { newId } from '@qlvb/shared-domain';
import { AGENCY, bystander, clerk, officer, Office, otherClerk } from './office.ts';
import type { Colleague } from './office.ts';

let office: Office;
beforeAll(async () => {
  office = await Office.open();
});
afterAll(() => office.test.stop());

interface Told {
  readonly kind: string;
  readonly severity: string;
  readonly title: string;
  readonly text: string;
  readonly aboutId: string;
}

const told = async (as: Colleague, aboutId: string, language = 'vi'): Promise<Told[]> => {
  const headers = { 'accept-language': language };
  const { items } = await office.test.json<{ items: Told[] }>('/notifications?limit=100', { as, headers });
  return items.filter((one) => one.aboutId === aboutId);
};

const reason = { vi: 'Trục liên thông không nhận', en: 'The axis did not take it' };

describe('what another service asks to tell', () => {
  it('NĐ30-PL6-F1i reaches the person, in the language of the request, once', async () => {
    const documentId = newId();
    const request = notificationRequest('dispatch-failed', {
      to: { userId: officer.userId },
      about: { type: 'document', id: documentId },
      parameters: { subject: 'Ban hành Quy chế', recipient: 'Sở Nội vụ', reason },
    });
    await office.test.deliver(ExchangeNotificationRequested, AGENCY, request);
    expect(await told(officer, documentId)).toMatchObject([
      {
        kind: 'dispatch-failed',
        severity: 'critical',
        title: 'Không gửi được văn bản',
        text: 'Văn bản "Ban hành Quy chế" chưa gửi được đến Sở Nội vụ: Trục liên thông không nhận',
      },
    ]);
    expect((await told(officer, documentId, 'en'))[0]?.text).toBe(
      'The document "Ban hành Quy chế" has not reached Sở Nội vụ: The axis did not take it',
    );
    expect(await told(bystander, documentId)).toEqual([]);
  });

  it('reaches whoever holds the permission, and nobody else of the agency', async () => {
    const packageId = newId();
    const request = notificationRequest('package-waiting', {
      to: { permission: 'incoming-documents.accept' },
      about: { type: 'package', id: packageId },
      parameters: { sender: 'Sở Nội vụ', reason },
    });
    await office.test.deliver(ExchangeNotificationRequested, AGENCY, request);
    expect(await told(clerk, packageId)).toHaveLength(1);
    expect(await told(otherClerk, packageId)).toHaveLength(1);
    for (const other of [officer, bystander]) expect(await told(other, packageId)).toEqual([]);
  });
});
