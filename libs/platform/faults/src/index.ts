export { armFailPoints, failPoint, FailPointReached } from './fail-point.ts';
