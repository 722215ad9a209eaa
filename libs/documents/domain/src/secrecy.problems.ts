import { defineProblem } from '@qlvb/shared-domain';

export const StateSecretRefused = defineProblem({
  code: 'documents.state-secret-refused',
  kind: 'unprocessable',
  source: 'EX-SEC-1',
  title: { vi: 'Không tiếp nhận văn bản bí mật nhà nước', en: 'State secrets are refused' },
  detail: {
    vi: 'Hệ thống này không lưu, gửi, nhận văn bản có độ mật; hãy dùng hệ thống dành riêng.',
    en: 'This system does not hold, send or receive classified documents; use the dedicated one.',
  },
});
