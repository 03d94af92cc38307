-- Tasks some claim of which may have left result objects that nobody reads: it was lost, or its job ended otherwise.
CREATE INDEX tasks_with_leftovers ON tasks (finished_at, id)
    WHERE (state IN ('cancelled', 'dead', 'discarded') AND started_at IS NOT NULL) OR (state = 'done' AND fence > 1);
