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

describe('NĐ30-PL6-F3b F-22 SEC-Z02 what was told of a document that was withdrawn since', () => {
  const of = async (as: Colleague, documentId: string): Promise<string[]> => {
    const { items } = await office.test.json<{ items: (Told & { documentId: string | null })[] }>(
      '/notifications?limit=100',
      { as },
    );
    return items.filter((one) => one.documentId === documentId).map(({ kind }) => kind);
  };
  const subject = 'Kế hoạch thanh tra chưa công bố';

  it.each(['incoming-document', 'outgoing-document'] as const)(
    'is not shown to the one from whom it was withdrawn, in either order of the events (%s)',
    async (kind) => {
      for (const order of ['told first', 'withdrawn first']) {
        const documentId = newId();
        const tell = () =>
          office.test.deliver(
            ExchangeNotificationRequested,
            AGENCY,
            notificationRequest('dispatch-failed', {
              to: { userId: officer.userId },
              about: { type: 'document', id: documentId },
              parameters: { subject, recipient: 'Sở Nội vụ', reason },
            }),
          );
        await office.tellAccess(documentId, [officer, bystander], kind);
        if (order === 'told first') {
          await tell();
          expect(await of(officer, documentId)).toEqual(['dispatch-failed']);
        }
        await office.tellAccess(documentId, [bystander], kind, [officer]);
        if (order === 'withdrawn first') await tell();
        expect([order, await of(officer, documentId)]).toEqual([order, []]);
        const answer = await office.test.ask('/notifications?limit=100', { as: officer });
        expect(await answer.text()).not.toContain(subject);
        await office.tellAccess(documentId, [bystander, officer], kind, [officer]);
        expect([order, await of(officer, documentId)]).toEqual([order, ['dispatch-failed']]);
        await office.tellAccess(documentId, [bystander], kind, [officer]);
      }
    },
  );

  it('is not shown of a task either, while those who still have to do with it see theirs', async () => {
    const { documentId } = await office.directed({
      leadPostId: officer.postId,
      coHandlerPostIds: [bystander.postId],
    });
    await office.tellAccess(documentId, [officer, bystander]);
    expect([(await of(officer, documentId)).length, (await of(bystander, documentId)).length]).toEqual([1, 1]);
    await office.tellAccess(documentId, [bystander], 'incoming-document', [officer]);
    expect([await of(officer, documentId), (await of(bystander, documentId)).length]).toEqual([[], 1]);
  });
});
