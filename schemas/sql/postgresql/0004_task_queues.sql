-- The reaper asks for what waits in one queue, by age.
DROP INDEX tasks_queued;
CREATE INDEX tasks_queued ON tasks (stage, lane, dispatched_at) WHERE state = 'queued';

-- Most jobs of some tenants belong to no project.
DROP INDEX jobs_by_project;
CREATE INDEX jobs_by_project ON jobs (project_id, id) WHERE project_id IS NOT NULL;
