import type { ApiClient } from './api-client.ts';
import { shownDay, shownTime } from './timeline.ts';
import type { Timeline } from './timeline.ts';
import { until } from './until.ts';

export interface Receiver {
  readonly timeline: Timeline;
  readonly person: (agencyCode: string, role: string, unit?: string) => Promise<ApiClient>;
  readonly documentCode: string;
}

interface Incoming {
  readonly documentId: string;
  readonly documentCode: string;
  readonly state: string;
  readonly senderCode: string;
  readonly verification: { readonly authentic: boolean; readonly intact: boolean } | null;
}

interface Task {
  readonly taskId: string;
  readonly step: string;
  readonly state: string;
}

/** The arrived document, once its signatures have been verified. */
async function arrived(clerk: ApiClient, documentCode: string): Promise<Incoming> {
  const page = await until(
    `${documentCode} at ${clerk.fullName}`,
    () => clerk.get<{ items: Incoming[] }>('/incoming-documents?state=arrived&limit=100'),
    ({ items }) => items.some((item) => item.documentCode === documentCode && item.verification !== null),
  );
  const document = page.items.find((item) => item.documentCode === documentCode && item.verification !== null);
  if (!document) throw new Error('the document was just there');
  return document;
}

const task = async (who: ApiClient, documentId: string, step: string): Promise<Task> => {
  const page = await until(
    `task ${step} of ${who.fullName}`,
    () => who.get<{ items: Task[] }>(`/tasks?documentId=${documentId}&limit=100`),
    ({ items }) => items.some((item) => item.step === step && ['open', 'in_progress'].includes(item.state)),
  );
  const found = page.items.find((item) => item.step === step && ['open', 'in_progress'].includes(item.state));
  if (!found) throw new Error('the task was just there');
  return found;
};

/** The clerk registers the document: number and status 03. */
export async function receive({
  timeline,
  person,
  agencyCode,
  documentCode,
}: Receiver & { readonly agencyCode: string }): Promise<{ clerk: ApiClient; documentId: string }> {
  const clerk = await person(agencyCode, 'clerk');
  const { documentId, verification } = await arrived(clerk, documentCode);
  timeline.event(
    clerk.fullName,
    `đã đến; chữ ký ${verification?.authentic ? 'xác thực' : 'không xác thực'}, ${verification?.intact ? 'toàn vẹn' : 'không toàn vẹn'}`,
  );
  const accepted = await clerk.post(`/incoming-documents/${documentId}/acceptances`, { notDuplicate: true });
  timeline.event(
    clerk.fullName,
    `tiếp nhận, số đến ${String(accepted['arrivalNumber'])} ngày ${shownDay(accepted['arrivedOn'])}`,
  );
  return { clerk, documentId };
}

/** One recipient returns the document with a reason: status 02. */
export async function refuse({
  timeline,
  person,
  agencyCode,
  documentCode,
}: Receiver & { readonly agencyCode: string }): Promise<void> {
  const clerk = await person(agencyCode, 'clerk');
  const { documentId } = await arrived(clerk, documentCode);
  const reason = 'Nội dung phân công không thuộc thẩm quyền giải quyết của Sở Nội vụ.';
  await clerk.post(`/incoming-documents/${documentId}/refusals`, { reasonCode: 'WRONG_RECIPIENT', reason });
  timeline.event(clerk.fullName, `từ chối tiếp nhận: ${reason}`);
}

/** The district registers, its chairman directs one lead and two co-handlers, the lead handles and finishes. */
export async function handleAtDistrict({ timeline, person, documentCode }: Receiver): Promise<string> {
  const agencyCode = 'H46.67';
  const { clerk, documentId } = await receive({ timeline, person, agencyCode, documentCode });
  const leader = await person(agencyCode, 'leader');
  const lead = await person(agencyCode, 'unit_head');
  const officers = [
    await person(agencyCode, 'officer', 'Phòng Nội vụ'),
    await person(agencyCode, 'officer', 'Phòng Tài chính - Kế hoạch'),
  ];
  const present = await task(clerk, documentId, 'present');
  await clerk.post(`/tasks/${present.taskId}/completions`, { result: 'Đã trình Chủ tịch.' });
  timeline.event(clerk.fullName, 'trình người có thẩm quyền (presented)');
  await task(leader, documentId, 'instruct');
  const instruction = await leader.post('/instructions', {
    documentId,
    text: 'Giao Phòng Văn hóa và Thông tin chủ trì, phối hợp các phòng liên quan cử cán bộ quản trị, bố trí người theo dõi văn bản đến.',
    leadPostId: lead.postId,
    coHandlerPostIds: officers.map((officer) => officer.postId),
    dueInWorkingDays: 5,
  });
  timeline.event(leader.fullName, `bút phê: 1 chủ trì, 2 phối hợp, hạn ${shownTime(instruction['dueAt'])}`);
  const handle = await task(lead, documentId, 'handle');
  await lead.post(`/tasks/${handle.taskId}/starts`, {});
  timeline.event(lead.fullName, 'bắt đầu xử lý');
  for (const officer of officers) {
    const part = await task(officer, documentId, 'co_handle');
    await officer.post(`/tasks/${part.taskId}/completions`, { result: 'Đã có ý kiến phối hợp.' });
    timeline.event(officer.fullName, 'hoàn thành phần phối hợp');
  }
  await lead.post(`/tasks/${handle.taskId}/completions`, {
    result: 'Đã cử cán bộ quản trị và phân công người theo dõi.',
  });
  timeline.event(lead.fullName, 'hoàn thành');
  return documentId;
}
