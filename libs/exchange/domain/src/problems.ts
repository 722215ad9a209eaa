import { defineProblem } from '@qlvb/shared-domain';

export const DeliveryMissing = defineProblem({
  code: 'exchange.delivery-missing',
  kind: 'not-found',
  title: { vi: 'Không có lượt gửi này', en: 'No such delivery' },
  detail: { vi: 'Không có lượt gửi {id} của cơ quan.', en: 'The agency has no delivery {id}.' },
});

export const PackageMissing = defineProblem({
  code: 'exchange.package-missing',
  kind: 'not-found',
  title: { vi: 'Không có gói tin này', en: 'No such package' },
  detail: { vi: 'Không có gói tin {id} của cơ quan.', en: 'The agency has no package {id}.' },
});

export const PackageMisaddressed = defineProblem({
  code: 'exchange.package-misaddressed',
  kind: 'unprocessable',
  title: { vi: 'Gói tin sai địa chỉ', en: 'Package misaddressed' },
  detail: { vi: 'Không cơ quan nào ở đây có mã {code}.', en: 'No agency here has the code {code}.' },
});
