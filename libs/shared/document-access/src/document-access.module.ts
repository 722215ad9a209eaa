import { Module } from '@nestjs/common';
import { DocumentAccessConsumer } from './document-access.consumer.ts';
import { DocumentAccess } from './document-access.ts';

/** For a service whose objects hang on documents. */
@Module({ controllers: [DocumentAccessConsumer], providers: [DocumentAccess], exports: [DocumentAccess] })
export class DocumentAccessModule {}
