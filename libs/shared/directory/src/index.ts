export { DIRECTORY_ENTITIES, DirectoryAgency, DirectoryPost } from './directory.entities.ts';
export { DirectoryModule } from './directory.module.ts';
export { AgencyUnknown, PostUnknown, UnitUnknown } from './directory.problems.ts';
export { codeOn, codesOf, Directory, personOf } from './directory.ts';
