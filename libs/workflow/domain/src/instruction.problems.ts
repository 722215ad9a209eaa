import { defineProblem } from '@qlvb/shared-domain';

export const DocumentNotRegistered = defineProblem({
  code: 'workflow.document-not-registered',
  kind: 'conflict',
  source: 'NĐ30-A22-1',
  title: { vi: 'Văn bản chưa đăng ký', en: 'Document not registered' },
  detail: {
    vi: 'Không giao xử lý văn bản đến chưa được văn thư đăng ký.',
    en: 'Nobody is given an incoming document that the clerks did not register.',
  },
});

export const InstructionIncomplete = defineProblem({
  code: 'workflow.instruction-incomplete',
  kind: 'unprocessable',
  source: 'NĐ30-A23-4',
  title: { vi: 'Ý kiến chỉ đạo chưa đủ', en: 'The instruction is incomplete' },
  detail: { vi: 'Còn thiếu: {missing}.', en: 'Missing: {missing}.' },
});

export const NotExactlyOneLead = defineProblem({
  code: 'workflow.not-exactly-one-lead',
  kind: 'unprocessable',
  source: 'NĐ30-A23-3',
  title: { vi: 'Phải có đúng một đơn vị, cá nhân chủ trì', en: 'Exactly one lead handler' },
  detail: {
    vi: 'Ý kiến chỉ đạo có {leads} đơn vị, cá nhân chủ trì; phải có đúng một.',
    en: 'The instruction names {leads} lead handlers; it needs exactly one.',
  },
});

export const AssigneeTwice = defineProblem({
  code: 'workflow.assignee-twice',
  kind: 'unprocessable',
  source: 'NĐ30-A23-3',
  title: { vi: 'Giao hai lần cho một nơi', en: 'Assigned twice' },
  detail: {
    vi: 'Một đơn vị, cá nhân chỉ có một vai trò trong một lần giao.',
    en: 'A unit or person has one part in a round of assignment.',
  },
});

export const AlreadyDirected = defineProblem({
  code: 'workflow.already-directed',
  kind: 'conflict',
  source: 'NĐ30-A23-3',
  title: { vi: 'Văn bản đã có ý kiến chỉ đạo', en: 'Already directed' },
  detail: {
    vi: 'Văn bản đang được xử lý theo một ý kiến chỉ đạo; muốn giao lại thì nêu ý kiến được thay thế.',
    en: 'The document is being handled under an earlier instruction; name it to assign the work anew.',
  },
});

export const AssigneeCannotHandle = defineProblem({
  code: 'workflow.assignee-cannot-handle',
  kind: 'unprocessable',
  source: 'NĐ30-A23-3',
  title: { vi: 'Người được giao không xử lý văn bản', en: 'The assignee does not handle documents' },
  detail: {
    vi: '{person} không có quyền xử lý công việc.',
    en: '{person} has no right to perform tasks.',
  },
});

export const ReplyUnknown = defineProblem({
  code: 'workflow.reply-unknown',
  kind: 'unprocessable',
  source: 'NĐ30-A24-2',
  title: { vi: 'Không có văn bản trả lời này', en: 'No such reply' },
  detail: {
    vi: 'Cơ quan chưa trình văn bản đi nào như vậy.',
    en: 'The agency has submitted no such outgoing document.',
  },
});
