CREATE TABLE IF NOT EXISTS config_version (
    id INT NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL
);
INSERT INTO config_version (id, version) VALUES (1, 0) ON DUPLICATE KEY UPDATE id = id;

CREATE TABLE IF NOT EXISTS config_change (
    version BIGINT NOT NULL PRIMARY KEY,
    kind VARCHAR(32) NOT NULL,
    target_id BIGINT NOT NULL,
    changed_at DATETIME(6) NOT NULL
);

CREATE TABLE IF NOT EXISTS setting (
    name VARCHAR(100) NOT NULL PRIMARY KEY,
    content TEXT NOT NULL,
    updated_at DATETIME(6) NOT NULL
);

CREATE TABLE IF NOT EXISTS app_user (
    id BIGINT NOT NULL PRIMARY KEY,
    username VARCHAR(64) NOT NULL,
    username_key VARCHAR(64) NOT NULL,
    email VARCHAR(254),
    role VARCHAR(16) NOT NULL,
    active BOOLEAN NOT NULL,
    billing_mode VARCHAR(16) NOT NULL,
    multiplier BIGINT,
    max_concurrency INT NOT NULL,
    rpm_limit BIGINT NOT NULL,
    daily_cost_limit BIGINT NOT NULL,
    monthly_cost_limit BIGINT NOT NULL,
    time_zone VARCHAR(64) NOT NULL,
    next_time_zone VARCHAR(64),
    time_zone_from DATETIME(6),
    group_ids TEXT NOT NULL,
    password_hash VARCHAR(255) NOT NULL,
    must_change_password BOOLEAN NOT NULL,
    epoch BIGINT NOT NULL,
    created_at DATETIME(6) NOT NULL,
    updated_at DATETIME(6) NOT NULL,
    deleted_at DATETIME(6),
    -- Of two limits on one subject's spending that with the higher version stands, whichever node brings it.
    limits_version BIGINT NOT NULL DEFAULT 0,
    UNIQUE KEY app_user_by_name (username_key)
);

CREATE TABLE IF NOT EXISTS api_key (
    id BIGINT NOT NULL PRIMARY KEY,
    user_id BIGINT NOT NULL,
    name VARCHAR(100) NOT NULL,
    active BOOLEAN NOT NULL,
    expires_at DATETIME(6),
    expires_after_days INT,
    first_used_at DATETIME(6),
    allowed_models TEXT NOT NULL,
    blocked_models TEXT NOT NULL,
    allowed_platforms TEXT NOT NULL,
    allowed_ips TEXT NOT NULL,
    group_ids TEXT NOT NULL,
    account_ids TEXT NOT NULL,
    rpm_limit BIGINT NOT NULL,
    tpm_limit BIGINT NOT NULL,
    max_concurrency INT NOT NULL,
    daily_request_limit BIGINT NOT NULL,
    daily_cost_limit BIGINT NOT NULL,
    monthly_cost_limit BIGINT NOT NULL,
    total_cost_limit BIGINT NOT NULL,
    multiplier BIGINT,
    billing_type VARCHAR(16) NOT NULL,
    user_package_id BIGINT,
    digest BINARY(32) NOT NULL,
    digest_key_id VARCHAR(16) NOT NULL,
    key_prefix VARCHAR(16) NOT NULL,
    last4 VARCHAR(4) NOT NULL,
    created_at DATETIME(6) NOT NULL,
    updated_at DATETIME(6) NOT NULL,
    deleted_at DATETIME(6),
    -- Of two limits on one subject's spending that with the higher version stands, whichever node brings it.
    limits_version BIGINT NOT NULL DEFAULT 0,
    UNIQUE KEY api_key_by_digest (digest),
    KEY api_key_by_user (user_id),
    KEY api_key_by_end (expires_at),
    KEY api_key_by_first_use (expires_after_days, first_used_at)
);

CREATE TABLE IF NOT EXISTS refresh_token (
    digest BINARY(32) NOT NULL PRIMARY KEY,
    family BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    epoch BIGINT NOT NULL,
    issued_at DATETIME(6) NOT NULL,
    expires_at DATETIME(6) NOT NULL,
    used_at DATETIME(6),
    KEY refresh_token_by_family (family),
    KEY refresh_token_by_user (user_id),
    KEY refresh_token_by_expiry (expires_at)
);

CREATE TABLE IF NOT EXISTS operation_log (
    id BIGINT NOT NULL PRIMARY KEY,
    occurred_at DATETIME(6) NOT NULL,
    user_id BIGINT NOT NULL,
    username VARCHAR(64) NOT NULL,
    action VARCHAR(16) NOT NULL,
    path VARCHAR(255) NOT NULL,
    subject VARCHAR(64) NOT NULL,
    subject_id VARCHAR(64),
    before_state MEDIUMTEXT,
    after_state MEDIUMTEXT,
    client_ip VARCHAR(45) NOT NULL,
    request_id VARCHAR(64) NOT NULL,
    KEY operation_log_by_user (user_id, id)
);
