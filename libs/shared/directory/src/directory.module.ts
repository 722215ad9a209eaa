import { Global, Module } from '@nestjs/common';
import { ACTOR_CHECK } from '@qlvb/platform-auth';
import { DirectoryConsumer } from './directory.consumer.ts';
import { DirectoryRights } from './directory-rights.ts';
import { Directory } from './directory.ts';

/** Global, because the guard of every route asks ACTOR_CHECK. */
@Global()
@Module({
  controllers: [DirectoryConsumer],
  providers: [Directory, { provide: ACTOR_CHECK, useClass: DirectoryRights }],
  exports: [ACTOR_CHECK, Directory],
})
export class DirectoryModule {}
