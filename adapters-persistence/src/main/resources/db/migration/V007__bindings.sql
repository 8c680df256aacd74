-- Which account made what an answer left at its provider: kept for thirty days.
CREATE TABLE IF NOT EXISTS resource_binding (
    -- Of user and resource.
    digest CHAR(32) NOT NULL PRIMARY KEY,
    account_id BIGINT NOT NULL,
    -- Epoch milliseconds.
    kept_until BIGINT NOT NULL,
    KEY resource_binding_kept_until (kept_until)
);
