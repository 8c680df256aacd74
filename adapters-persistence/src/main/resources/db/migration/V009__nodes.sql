-- What each node tells of itself every few seconds, for operators and against two nodes of one id.
CREATE TABLE IF NOT EXISTS node (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    -- Of the process: another one with the same id has another.
    mark VARCHAR(36) NOT NULL,
    version VARCHAR(64) NOT NULL,
    started_at DATETIME(6) NOT NULL,
    -- By the clock all nodes share.
    seen_at DATETIME(6) NOT NULL,
    status VARCHAR(16) NOT NULL,
    -- JSON array of the names of what keeps it from being ready.
    obstacles VARCHAR(1000) NOT NULL,
    in_flight BIGINT NOT NULL,
    journal_pending BIGINT NOT NULL,
    clock_offset_millis BIGINT NOT NULL
);
