-- Notifications have a kind of the catalogue and its parameters in place of a sentence in one language, may come from any
-- service, and go to a person or to whoever holds a permission.
ALTER TABLE notification ALTER COLUMN task_id DROP NOT NULL;
ALTER TABLE notification ALTER COLUMN document_id DROP NOT NULL;
ALTER TABLE notification ADD COLUMN kind text;
ALTER TABLE notification ADD COLUMN parameters jsonb NOT NULL DEFAULT '{}';
ALTER TABLE notification ADD COLUMN about_type text NOT NULL DEFAULT 'task';
ALTER TABLE notification ADD COLUMN about_id uuid;
ALTER TABLE notification ADD COLUMN permission text;

WITH told AS (
  SELECT n.id, t.subject,
    CASE WHEN right(n.title, length(t.subject) + 2) = ': ' || t.subject
      THEN left(n.title, length(n.title) - length(t.subject) - 2) ELSE n.title END AS sentence
  FROM notification n JOIN task t ON t.id = n.task_id)
UPDATE notification n SET
  about_id = n.task_id,
  permission = CASE n.role
    WHEN 'unit_head' THEN 'outgoing-documents.content-check'
    WHEN 'layout_checker' THEN 'outgoing-documents.layout-check'
    WHEN 'clerk' THEN 'outgoing-documents.register'
    WHEN 'leader' THEN 'instructions.issue' END,
  kind = CASE
    WHEN sentence = 'Theo dõi, đôn đốc' THEN 'follow-up-appointed'
    WHEN sentence = 'Thời hạn được lùi theo lịch nghỉ' THEN 'deadline-moved'
    WHEN sentence LIKE '% đôn đốc: %' THEN 'task-reminded'
    ELSE 'task-opened' END,
  parameters = CASE WHEN sentence LIKE '% đôn đốc: %'
    THEN jsonb_build_object('by', split_part(sentence, ' đôn đốc: ', 1),
      'text', substr(sentence, strpos(sentence, ' đôn đốc: ') + 10), 'subject', told.subject)
    ELSE jsonb_build_object('task', sentence, 'subject', told.subject) END
FROM told WHERE told.id = n.id;

ALTER TABLE notification ALTER COLUMN kind SET NOT NULL;
ALTER TABLE notification ALTER COLUMN about_id SET NOT NULL;
ALTER TABLE notification ALTER COLUMN about_type DROP DEFAULT;
ALTER TABLE notification ALTER COLUMN parameters DROP DEFAULT;
ALTER TABLE notification DROP COLUMN title;
ALTER TABLE notification DROP COLUMN role;
