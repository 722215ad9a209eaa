import { loadConfig } from '@qlvb/platform-config';
import { bootstrap, serviceConfig } from '../index.ts';
import { NotesModule } from './notes.module.ts';

await bootstrap({ name: 'notes', module: NotesModule, config: loadConfig(serviceConfig) });
