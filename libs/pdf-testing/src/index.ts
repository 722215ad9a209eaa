export { damagedCopies, damagedFiles } from './damages.ts';
export type { DamagedPdf } from './damages.ts';
export { faultySamples, handMadePdf, ONE_PAGE } from './faulty-samples.ts';
export type { FaultySample } from './faulty-samples.ts';
export { pageVariants, producerShapes } from './producer-shapes.ts';
export type { ProducerShape } from './producer-shapes.ts';
export { samplePdf } from './sample-pdf.ts';
export type { SamplePdf } from './sample-pdf.ts';
