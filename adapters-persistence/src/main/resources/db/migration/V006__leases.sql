-- Rights to work that one node does at a time.
CREATE TABLE IF NOT EXISTS lease (
    name VARCHAR(100) NOT NULL PRIMARY KEY,
    -- Rises with every holder.
    fence BIGINT NOT NULL,
    held_until DATETIME(6) NOT NULL
);
