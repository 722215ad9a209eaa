export { lengthOf, LIMITS } from './limits.ts';
