export { armFailPoints, failPoint, FailPointReached } from './fail-point.ts';
export { causes, isBadValue, isOutage } from './outage.ts';
