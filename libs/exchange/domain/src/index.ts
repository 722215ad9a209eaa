export { DELIVERY_STATUSES, dueReports, movesOn, PREDECESSOR } from './delivery-status.ts';
export type { DeliveryStatus, ReportedStatus } from './delivery-status.ts';
export { DeliveryMissing, PackageMisaddressed, PackageMissing } from './problems.ts';
