export { WORKFLOW_ENTITIES, WorkflowModule } from './workflow.module.ts';
