CREATE TABLE process_instance (
  id uuid PRIMARY KEY,
  agency_id uuid NOT NULL,
  version integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  definition text NOT NULL,
  definition_version integer NOT NULL,
  document_id uuid NOT NULL,
  state text NOT NULL,
  finished boolean NOT NULL,
  context jsonb NOT NULL,
  UNIQUE (agency_id, document_id)
);
SELECT platform.protect('process_instance');

-- Every step a process took, by which event; never changed.
CREATE TABLE process_step (
  process_id uuid NOT NULL REFERENCES process_instance,
  seq integer NOT NULL,
  agency_id uuid NOT NULL,
  at timestamptz NOT NULL,
  trigger text NOT NULL,
  from_state text NOT NULL,
  to_state text NOT NULL,
  PRIMARY KEY (process_id, seq)
);
SELECT platform.protect('process_step');

CREATE TABLE instruction (
  id uuid PRIMARY KEY,
  agency_id uuid NOT NULL,
  version integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  document_id uuid NOT NULL,
  text text NOT NULL,
  lead jsonb NOT NULL,
  co_handlers jsonb NOT NULL,
  follow_up jsonb,
  deadline timestamptz NOT NULL,
  issued_by jsonb NOT NULL,
  replaces_id uuid REFERENCES instruction
);
CREATE INDEX instruction_document ON instruction (document_id);
CREATE INDEX instruction_agency ON instruction (agency_id);
SELECT platform.protect('instruction');

CREATE TABLE task (
  id uuid PRIMARY KEY,
  agency_id uuid NOT NULL,
  version integer NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  document_id uuid NOT NULL,
  process_id uuid NOT NULL REFERENCES process_instance,
  step text NOT NULL,
  title text NOT NULL,
  subject text NOT NULL,
  urgency text NOT NULL,
  assignee_id uuid,
  assignee_name text,
  role text,
  unit_id uuid,
  instruction_id uuid REFERENCES instruction,
  state text NOT NULL,
  due_at timestamptz NOT NULL,
  started_at timestamptz,
  ended_at timestamptz,
  ended_by jsonb,
  result text,
  reply_document_id uuid
);
CREATE INDEX task_assignee ON task (assignee_id, state);
CREATE INDEX task_role ON task (agency_id, role, state) WHERE assignee_id IS NULL;
CREATE INDEX task_process ON task (process_id);
CREATE INDEX task_instruction ON task (instruction_id);
CREATE INDEX task_document ON task (document_id);
-- A document has one lead handler at a time.
CREATE UNIQUE INDEX task_one_lead ON task (agency_id, document_id)
  WHERE step = 'handle' AND state IN ('open', 'in_progress');
SELECT platform.protect('task');

CREATE TABLE notification (
  id uuid PRIMARY KEY,
  agency_id uuid NOT NULL,
  created_at timestamptz NOT NULL,
  task_id uuid NOT NULL REFERENCES task,
  document_id uuid NOT NULL,
  title text NOT NULL,
  urgency text NOT NULL,
  assignee_id uuid,
  role text,
  unit_id uuid
);
CREATE INDEX notification_list ON notification (agency_id, created_at DESC, id);
SELECT platform.protect('notification');
