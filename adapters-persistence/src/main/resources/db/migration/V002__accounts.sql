CREATE TABLE IF NOT EXISTS account (
    id BIGINT NOT NULL PRIMARY KEY,
    name VARCHAR(200) NOT NULL,
    type VARCHAR(32) NOT NULL,
    enabled BOOLEAN NOT NULL,
    priority INT NOT NULL,
    weight INT NOT NULL,
    max_concurrency INT NOT NULL,
    daily_budget BIGINT NOT NULL,
    allowed_models TEXT NOT NULL,
    model_mapping TEXT NOT NULL,
    group_ids TEXT NOT NULL,
    base_url VARCHAR(500),
    proxy_url VARCHAR(500),
    extra_headers TEXT NOT NULL,
    -- An object of fields, each value sealed to this row and its field.
    credentials TEXT NOT NULL,
    status VARCHAR(16) NOT NULL,
    status_until DATETIME(6),
    error_count BIGINT NOT NULL,
    last_error VARCHAR(600),
    created_at DATETIME(6) NOT NULL,
    updated_at DATETIME(6) NOT NULL
);

CREATE TABLE IF NOT EXISTS account_group (
    id BIGINT NOT NULL PRIMARY KEY,
    name VARCHAR(200) NOT NULL,
    platform VARCHAR(200),
    description VARCHAR(1000)
);
