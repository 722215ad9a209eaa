import { join } from 'node:path';
import { IncomingDocumentAccepted, IncomingDocumentArrived, OutgoingDocumentSubmitted } from '@qlvb/contracts';
import type { DataOf, Person, PostChanged, Role } from '@qlvb/contracts';
import {
  personOf,
  postHolder,
  startTestService,
  tellAgency,
  tellDocumentAccess,
  tellPost,
  tellRegisterAccess,
} from '@qlvb/platform-service-testing';
import type { PostHolder, TestService } from '@qlvb/platform-service-testing';
import { idFrom, newId } from '@qlvb/shared-domain';
import { AppModule } from '../src/app.module.ts';
import { workflowConfig } from '../src/workflow.config.ts';

const root = join(import.meta.dirname, '..', '..', '..');

export const AGENCY = idFrom('agency:H46.03');
export const UNIT = idFrom('unit:snv-vp');
export const OTHER_UNIT = idFrom('unit:snv-tccc');

export type Colleague = PostHolder;

const colleague = (unitId: string, name: string, title: string, ...roles: Role[]): Colleague =>
  postHolder({ agencyId: AGENCY, unitId }, name, title, ...roles);

export const leader = colleague(UNIT, 'Ngô Văn Minh', 'Giám đốc', 'leader');
export const deputy = colleague(UNIT, 'Đặng Thị Phúc', 'Phó Giám đốc', 'leader');
export const clerk = colleague(UNIT, 'Mai Thị Lan', 'Văn thư', 'clerk');
export const otherClerk = colleague(UNIT, 'Tạ Thị Quỳnh', 'Văn thư', 'clerk');
export const unitHead = colleague(OTHER_UNIT, 'Hồ Văn Sơn', 'Trưởng phòng', 'unit_head');
export const foreignHead = colleague(UNIT, 'Lý Văn Tài', 'Chánh Văn phòng', 'unit_head');
export const checker = colleague(UNIT, 'Vũ Thị Uyên', 'Chánh Văn phòng', 'layout_checker');
export const officer = colleague(OTHER_UNIT, 'Phan Thị Nga', 'Chuyên viên', 'officer');
export const second = colleague(OTHER_UNIT, 'Quách Văn Ơn', 'Chuyên viên', 'officer');
export const third = colleague(UNIT, 'Dương Thị Vân', 'Chuyên viên', 'officer');
export const bystander = colleague(UNIT, 'Cao Văn Xuân', 'Chuyên viên', 'officer');
export const admin = colleague(UNIT, 'Bùi Văn Khánh', 'Quản trị', 'agency_admin');
export const auditor = colleague(UNIT, 'Đinh Thị Yến', 'Thanh tra', 'auditor');
const EVERYBODY = [
  leader,
  deputy,
  clerk,
  otherClerk,
  unitHead,
  foreignHead,
  checker,
  officer,
  second,
  third,
  bystander,
  admin,
  auditor,
];

export interface TaskView {
  readonly taskId: string;
  readonly version: number;
  readonly documentId: string;
  readonly step: string;
  readonly assigneeId: string | null;
  readonly role: string | null;
  readonly instructionId: string | null;
  readonly state: string;
  readonly dueAt: string;
  readonly overdue: boolean;
  readonly result: string | null;
  readonly endedBy: { readonly fullName: string } | null;
}

export interface InstructionView {
  readonly instructionId: string;
  readonly dueAt: string;
  readonly lead: Person;
  readonly coHandlers: readonly Person[];
  readonly followUp: Person | null;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

type Arrival = Partial<DataOf<typeof IncomingDocumentArrived>>;

/** The workflow service of one agency, the documents that come to it as events, and what its people do. */
export class Office {
  readonly test: TestService;

  private constructor(test: TestService) {
    this.test = test;
  }

  static async open(environment: Readonly<Record<string, string>> = {}): Promise<Office> {
    const test = await startTestService({
      name: 'workflow',
      schema: workflowConfig,
      module: (config, bus) => AppModule.forRoot(config, bus),
      migrations: [
        join(root, 'libs/shared/directory/migrations'),
        join(root, 'libs/platform/access/migrations'),
        join(root, 'apps/workflow/migrations'),
      ],
      environment,
    });
    const office = new Office(test);
    await tellAgency(test, AGENCY, { code: 'H46.03', name: 'Sở Nội vụ', shortName: 'SNV' });
    await tellRegisterAccess(test, AGENCY);
    await Promise.all(EVERYBODY.map((person) => office.employ(person)));
    return office;
  }

  employ(person: Colleague, changes: Partial<DataOf<typeof PostChanged>> = {}): Promise<string> {
    const unit =
      person.unitId === UNIT
        ? { unitName: 'Văn phòng', unitSymbol: 'VP' }
        : { unitName: 'Phòng Tổ chức công chức', unitSymbol: 'TCCC' };
    return tellPost(this.test, person, { ...unit, ...changes });
  }

  /** A document arrived; the clerk has not registered it. @returns its id */
  async arrived(changes: Arrival = {}): Promise<string> {
    const data = arrival(changes);
    await this.test.deliver(IncomingDocumentArrived, AGENCY, data);
    return data.documentId;
  }

  /** Documents tells who may see one, beside those who may see all that is registered. */
  tellAccess(
    documentId: string,
    readers: readonly { readonly userId: string }[],
    kind: 'incoming-document' | 'outgoing-document' = 'incoming-document',
    withdrawnFrom: readonly { readonly userId: string }[] = [],
    registered = true,
  ): Promise<string> {
    return tellDocumentAccess(this.test, AGENCY, documentId, readers, kind, withdrawnFrom, registered);
  }

  /** A document that the clerk has registered and not yet presented. */
  async accepted(changes: Arrival = {}): Promise<string> {
    const documentId = await this.arrived(changes);
    await this.accept(documentId, changes);
    await this.tellAccess(documentId, []);
    return documentId;
  }

  accept(documentId: string, changes: Arrival = {}, id?: string): Promise<string> {
    return this.test.deliver(IncomingDocumentAccepted, AGENCY, acceptance(documentId, changes), id);
  }

  /** What lies with somebody of one document. */
  async tasks(as: Colleague, documentId: string, query = ''): Promise<readonly TaskView[]> {
    const page = await this.test.json<Page<TaskView>>(`/tasks?documentId=${documentId}&limit=100${query}`, { as });
    return page.items;
  }

  async task(as: Colleague, documentId: string, step: string): Promise<TaskView> {
    const found = (await this.tasks(as, documentId)).find(
      (task) => task.step === step && ['open', 'in_progress'].includes(task.state),
    );
    if (!found) throw new Error(`${as.fullName} has no open task ${step}`);
    return found;
  }

  act(as: Colleague, { taskId }: Pick<TaskView, 'taskId'>, act: string, body: unknown = {}): Promise<TaskView> {
    return this.test.json<TaskView>(`/tasks/${taskId}/${act}`, { as, body, status: 201 });
  }

  complete(as: Colleague, task: Pick<TaskView, 'taskId'>, result = 'Đã xử lý xong.'): Promise<TaskView> {
    return this.act(as, task, 'completions', { result });
  }

  instruct(documentId: string, changes: Record<string, unknown> = {}, as = leader): Promise<InstructionView> {
    return this.test.json<InstructionView>('/instructions', { as, body: direction(documentId, changes), status: 201 });
  }

  /** A directed document: its id and the instruction. */
  async directed(changes: Record<string, unknown> = {}): Promise<InstructionView & { readonly documentId: string }> {
    const documentId = await this.accepted();
    return { ...(await this.instruct(documentId, changes)), documentId };
  }

  /** A draft that its drafter has submitted. */
  async submitted(changes: Partial<DataOf<typeof OutgoingDocumentSubmitted>> = {}): Promise<string> {
    const data = { ...outgoing(newId()), draftVersion: 1, submittedAt: new Date().toISOString(), ...changes };
    await this.test.deliver(OutgoingDocumentSubmitted, AGENCY, data);
    return data.documentId;
  }

  async process(documentId: string): Promise<string | undefined> {
    const { rows } = await this.test.admin.query<{ state: string }>(
      'SELECT state FROM process_instance WHERE document_id = $1',
      [documentId],
    );
    return rows[0]?.state;
  }

  /** Every task of a document, whoever has it: `step state`, sorted. */
  async book(documentId: string): Promise<string[]> {
    const { rows } = await this.test.admin.query<{ line: string }>(
      `SELECT step || ' ' || state AS line FROM task WHERE document_id = $1 ORDER BY 1`,
      [documentId],
    );
    return rows.map(({ line }) => line);
  }

  /** Status and problem code of a request that is refused. */
  async refusal(path: string, ask: Parameters<TestService['ask']>[1]): Promise<[number, string]> {
    const answer = await this.test.ask(path, ask);
    const problem = (await answer.json()) as { code?: string };
    return [answer.status, problem.code ?? ''];
  }
}

export const arrival = (changes: Arrival = {}): DataOf<typeof IncomingDocumentArrived> => ({
  ...IncomingDocumentArrived.example,
  documentId: newId(),
  packageId: newId(),
  arrivedAt: new Date().toISOString(),
  ...changes,
});

export const acceptance = (documentId: string, changes: Arrival = {}): DataOf<typeof IncomingDocumentAccepted> => {
  const { subject, urgency, arrivedAt } = arrival(changes);
  return {
    ...IncomingDocumentAccepted.example,
    documentId,
    packageId: changes.packageId ?? newId(),
    subject,
    urgency,
    acceptedAt: arrivedAt,
  };
};

export const direction = (documentId: string, changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  documentId,
  text: 'Giao Phòng Tổ chức công chức chủ trì tham mưu triển khai.',
  leadPostId: officer.postId,
  coHandlerPostIds: [second.postId, third.postId],
  dueInWorkingDays: 5,
  ...changes,
});

/** What every event of an outgoing document says of it. */
export const outgoing = (documentId: string) => ({
  documentId,
  subject: 'Ban hành Quy chế quản lý, sử dụng hệ thống',
  documentType: 'decision',
  urgency: 'normal' as const,
  unitId: OTHER_UNIT,
  drafter: personOf(officer),
  signer: personOf(leader),
});
