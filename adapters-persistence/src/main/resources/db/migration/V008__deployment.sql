-- Which deployment this database belongs to; the live store carries the same. One row.
CREATE TABLE IF NOT EXISTS deployment (
    id INT NOT NULL PRIMARY KEY,
    cluster_id CHAR(36) NOT NULL,
    -- Users are spread over so many for ever.
    shards INT NOT NULL
);
