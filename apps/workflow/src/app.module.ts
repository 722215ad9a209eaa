import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { WORKFLOW_ENTITIES, WorkflowModule } from '@qlvb/workflow-feature';
import type { BusConfig } from '@qlvb/platform-bus';
import { PlatformModule } from '@qlvb/platform-service';
import type { WorkflowConfig } from './workflow.config.ts';

@Module({})
export class AppModule {
  static forRoot(config: WorkflowConfig, bus: BusConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.forRoot({ service: 'workflow', settings: config, bus, entities: WORKFLOW_ENTITIES }),
        WorkflowModule,
      ],
    };
  }
}
