import { Module } from '@nestjs/common';
import { DirectoryConsumer } from './directory.consumer.ts';
import { Directory } from './directory.ts';

@Module({ controllers: [DirectoryConsumer], providers: [Directory], exports: [Directory] })
export class DirectoryModule {}
