export { armFailPoints, failPoint, FailPointReached } from './fail-point.ts';
export { causes, isOutage } from './outage.ts';
