/** `npm run demo`: the main job of the platform from draft to archive, through the public API and a token program only. */
import { readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ApiClient, Refused } from './api-client.ts';
import type { Json } from './api-client.ts';
import { archiveDossier } from './archive.ts';
import { contactList, drawDecision, SUBJECT } from './decision.ts';
import { History } from './history.ts';
import { assertPlatform, tellErrors } from './preflight.ts';
import { handleAtDistrict, receive, refuse } from './receivers.ts';
import { shownDay, shownTime, Timeline } from './timeline.ts';
import { plugInToken } from './token.ts';
import { until } from './until.ts';

const data = resolve(process.env['QLVB_DATA'] ?? 'data');
const port = Number(process.env['QLVB_PORT'] ?? 8080);
const out = resolve(process.env['QLVB_DEMO_OUT'] ?? join(data, 'demo'));
const PASSWORD = process.env['QLVB_DEMO_PASSWORD'] ?? 'Thu-Nghiem-2026!';
const PIN = process.env['QLVB_DEMO_TOKEN_PIN'] ?? '123456';

interface LayoutReport {
  readonly state: string;
  readonly findings: { ruleId: string; severity: string; message: string }[] | null;
}

interface Account {
  readonly login: string;
  readonly agencyCode: string;
  readonly unit: string;
  readonly fullName: string;
  readonly title: string;
  readonly roles: readonly string[];
}

const accounts = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', 'standalone', 'demo', 'accounts.json'), 'utf8'),
) as Account[];
tellErrors();
const origin = `http://127.0.0.1:${port}`;
await assertPlatform(origin, data);
mkdirSync(out, { recursive: true });
const history = new History(join(out, 'history.jsonl'));
const timeline = new Timeline();
const HOSTS: Readonly<Record<string, string>> = {
  'H46.11': 'qlvb-stttt.localhost',
  'H46.67': 'qlvb-quangninh.localhost',
  'H46.02': 'qlvb-snv.localhost',
  'H46.67.31': 'qlvb-quangninh.localhost',
};

async function person(agencyCode: string, role: string, unit?: string): Promise<ApiClient> {
  const account = accounts.find(
    (candidate) =>
      candidate.agencyCode === agencyCode && candidate.roles.includes(role) && (!unit || candidate.unit === unit),
  );
  if (!account) throw new Error(`no ${role} in ${agencyCode}`);
  const client = new ApiClient({
    origin,
    host: HOSTS[agencyCode] ?? 'qlvb.localhost',
    login: account.login,
    password: PASSWORD,
    history,
  });
  await client.login();
  return client;
}

const token = await plugInToken(join(data, 'token'), PIN);
try {
  timeline.chapter('Sở Thông tin và Truyền thông: soạn thảo, ký, phát hành (drafting, signing, issue)');
  const officer = await person('H46.11', 'officer');
  const head = await person('H46.11', 'unit_head');
  const checker = await person('H46.11', 'layout_checker');
  const leader = await person('H46.11', 'leader');
  const clerk = await person('H46.11', 'clerk');
  const administrator = await person('H46.11', 'agency_admin');
  const certificates = await registerCertificates(administrator, leader);

  const agencies = await recipientsOf(officer);
  const draft = async (complete: boolean): Promise<Json> => {
    const pdf = await drawDecision({ complete, signerName: leader.fullName });
    const main = await officer.upload('/files?name=quyet-dinh.pdf', pdf, 'application/pdf');
    const attachment = await officer.upload('/files?name=danh-sach-dau-moi.csv', contactList(), 'text/csv');
    return {
      documentType: 'decision',
      subject: SUBJECT,
      urgency: 'normal',
      leadUnitId: officer.unitId,
      assignedByPostId: head.postId,
      signerPostId: leader.postId,
      competence: 'none',
      signerPosition: 'GIÁM ĐỐC',
      recipients: agencies.map(({ agencyId }) => ({ agencyId })),
      mainFileId: main['fileId'],
      attachmentFileIds: [attachment['fileId']],
      notSecret: true,
    };
  };
  let document = await officer.post('/outgoing-documents', await draft(false));
  const path = `/outgoing-documents/${String(document['documentId'])}`;
  timeline.event(officer.fullName, `soạn dự thảo quyết định (${String(document['state'])})`);
  await officer.post(`${path}/submissions`, {});
  timeline.event(officer.fullName, 'trình lãnh đạo đơn vị (unit_review)');
  await head.post(`${path}/content-checks`, {
    outcome: 'returned',
    comment: 'Bổ sung căn cứ Quyết định số 28/2018/QĐ-TTg về gửi, nhận văn bản điện tử.',
  });
  timeline.event(head.fullName, 'trả lại: bổ sung căn cứ pháp lý (returned)');
  document = await officer.get(path);
  await officer.put(path, await draft(true), Number(document['version']));
  await officer.post(`${path}/submissions`, {});
  timeline.event(officer.fullName, 'sửa thành phiên bản 2, trình lại');
  await head.post(`${path}/content-checks`, { outcome: 'passed' });
  timeline.event(head.fullName, 'duyệt nội dung (layout_check)');
  const asked = await checker.post(`${path}/layout-reports`, {});
  const { state, findings } = await until(
    'the layout report',
    () => checker.get<LayoutReport>(`${path}/layout-reports/${String(asked['reportId'])}`),
    (report) => !['waiting', 'running'].includes(report.state),
  );
  if (!findings) throw new Error(`the layout report is ${state}`);
  const errors = findings.filter((finding) => finding.severity === 'error');
  if (errors.length > 0)
    throw new Error(`layout: ${errors.map((finding) => `${finding.ruleId} ${finding.message}`).join('; ')}`);
  const reason = findings.length > 0 ? { comment: 'Các cảnh báo không làm sai thể thức bắt buộc.' } : {};
  await checker.post(`${path}/layout-checks`, { outcome: 'passed', ...reason });
  timeline.event(checker.fullName, `thể thức đúng, ${findings.length} gợi ý (awaiting_signature)`);

  const sign = async (who: ApiClient, signatureKind: 'personal' | 'agency'): Promise<Json> => {
    const { certificateId, tokenId } = certificates[signatureKind];
    const documentId = document['documentId'];
    const session = await untilAccepted(
      () => who.post('/signing-sessions', { documentId, signatureKind, certificateId }),
      ['signature.document-missing', 'signature.not-signable'],
    );
    const toSign = session['toSign'] as { fileId: string; fileName: string; signedAttributes: string }[];
    const values = [];
    for (const { fileId, fileName, signedAttributes } of toSign) {
      values.push({ fileId, signature: await token.sign(tokenId, signedAttributes, fileName) });
    }
    return who.post(`/signing-sessions/${String(session['sessionId'])}/signatures`, { values });
  };
  const personal = await sign(leader, 'personal');
  document = await until(
    `${path} signed`,
    async () => officer.get(path),
    (view) => view['state'] === 'signed',
  );
  timeline.event(
    leader.fullName,
    `ký số (${String(personal['level'])}); hạn phát hành ${shownTime(document['issueDueAt'])}`,
  );
  document = await clerk.post(`${path}/registrations`, {});
  timeline.event(clerk.fullName, `cấp số ${String(document['documentCode'])} ngày ${shownDay(document['issuedOn'])}`);
  const agency = await sign(clerk, 'agency');
  await until(
    `${path} agency-signed`,
    async () => officer.get(path),
    (view) => view['state'] === 'agency_signed',
  );
  timeline.event(clerk.fullName, `ký số của cơ quan (${String(agency['level'])})`);
  document = await clerk.post(`${path}/issues`, {});
  timeline.event(
    clerk.fullName,
    `phát hành đến ${agencies.length} nơi nhận (issued${document['issuedLate'] ? ', late' : ''})`,
  );
  const files = document['files'] as { fileId: string; name: string; role: string }[];
  for (const file of files) writeFileSync(join(out, file.name), await clerk.download(`/files/${file.fileId}/content`));

  timeline.chapter('Nơi nhận: tiếp nhận, chỉ đạo, giải quyết (recipients)');
  const district = await handleAtDistrict({ timeline, person, documentCode: String(document['documentCode']) });
  await receive({ timeline, person, agencyCode: 'H46.67.31', documentCode: String(document['documentCode']) });
  await refuse({ timeline, person, agencyCode: 'H46.02', documentCode: String(document['documentCode']) });

  timeline.chapter('Nơi gửi: trạng thái (statuses at the sender)');
  const wanted: Readonly<Record<string, string>> = { 'H46.67': '06', 'H46.67.31': '03', 'H46.02': '02' };
  const detail = await until(
    'all statuses',
    () =>
      officer.get<{
        deliveries: { recipientCode: string; recipientName: string; status: string; deliveryId: string }[];
      }>(path),
    ({ deliveries }) =>
      deliveries.length === 3 && deliveries.every(({ recipientCode, status }) => wanted[recipientCode] === status),
  );
  for (const { deliveryId, recipientName } of detail.deliveries) {
    const delivery = await clerk.get<{ history: { status: string }[] }>(`/deliveries/${deliveryId}`);
    timeline.event(recipientName, delivery.history.map((step) => step.status).join(' → '));
  }
  for (const resource of ['packages', 'received-packages']) {
    const { items } = await clerk.get<{ items: { packageId: string; kind: string }[] }>(
      `/${resource}?documentId=${String(document['documentId'])}`,
    );
    for (const { packageId, kind } of items) {
      writeFileSync(join(out, `${kind}-${packageId}.edxml`), await clerk.download(`/${resource}/${packageId}/content`));
    }
  }

  timeline.chapter('Lập hồ sơ, nộp lưu (dossiers and archive)');
  await archiveDossier({
    timeline,
    person,
    out,
    documentId: String(document['documentId']),
    agencyCode: 'H46.11',
    submit: true,
  });
  await archiveDossier({ timeline, person, out, documentId: district, agencyCode: 'H46.67', submit: false });
  process.stdout.write(`\nXong. Kết quả trong ${out} (done)\n`);
} finally {
  token.stop();
}

async function recipientsOf(officer: ApiClient): Promise<{ agencyId: string }[]> {
  const found = [];
  for (const code of ['H46.67', 'H46.02', 'H46.67.31']) {
    const page = await officer.get<{ items: { agencyId: string }[] }>(`/agencies?code=${code}`);
    const [agency] = page.items;
    if (!agency) throw new Error(`no agency ${code}`);
    found.push(agency);
  }
  return found;
}

async function registerCertificates(
  administrator: ApiClient,
  leader: ApiClient,
): Promise<Record<'personal' | 'agency', { certificateId: string; tokenId: string }>> {
  const onToken = await token.certificates();
  const chainPem = readFileSync(join(data, 'demo-pki', 'chain.pem'), 'utf8');
  const { userId } = await leader.get<{ userId: string }>('/me');
  const leaderLogin = accounts.find((account) => account.fullName === leader.fullName)?.login ?? '';
  const register = async (label: string, owner: Json): Promise<{ certificateId: string; tokenId: string }> => {
    const key = onToken.get(label);
    if (!key) throw new Error(`no ${label} on the token`);
    const pictureFile = readFileSync(join(data, 'token', `${label}.png`)).toString('base64');
    const row = await administrator.post('/certificates', { ...owner, certificatePem: key.pem, chainPem, pictureFile });
    return { certificateId: String(row['certificateId']), tokenId: key.id };
  };
  return {
    personal: await register(`person-${leaderLogin}`, { subjectKind: 'person', userId }),
    agency: await register('agency-H46.11', { subjectKind: 'agency' }),
  };
}

/** Events travel: a service may not have heard yet of what the other has just done. */
async function untilAccepted(act: () => Promise<Json>, notYet: readonly string[]): Promise<Json> {
  const started = Date.now();
  for (;;) {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof Refused) || !notYet.includes(error.code) || Date.now() - started > 90_000) throw error;
      await new Promise((done) => setTimeout(done, 200));
    }
  }
}
