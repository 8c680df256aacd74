CREATE TABLE IF NOT EXISTS model (
    id BIGINT NOT NULL PRIMARY KEY,
    name VARCHAR(200) NOT NULL,
    platform VARCHAR(200) NOT NULL,
    enabled BOOLEAN NOT NULL,
    context_window BIGINT,
    max_output_tokens BIGINT
);

-- Every name and alias once, in lower case: what keeps two models from answering to one name.
CREATE TABLE IF NOT EXISTS model_name (
    name_key VARCHAR(200) NOT NULL PRIMARY KEY,
    model_id BIGINT NOT NULL,
    name VARCHAR(200) NOT NULL,
    KEY model_name_by_model (model_id)
);

-- Only ever added to. The sheet is an object of decimal strings, as the admin API shows it.
CREATE TABLE IF NOT EXISTS price_version (
    id BIGINT NOT NULL PRIMARY KEY,
    model_id BIGINT NOT NULL,
    model VARCHAR(200) NOT NULL,
    effective_from DATETIME(6) NOT NULL,
    sheet TEXT NOT NULL,
    KEY price_version_by_model (model_id, effective_from)
);

CREATE TABLE IF NOT EXISTS model_mapping (
    id BIGINT NOT NULL PRIMARY KEY,
    pattern VARCHAR(200) NOT NULL,
    target VARCHAR(200) NOT NULL,
    priority INT NOT NULL,
    enabled BOOLEAN NOT NULL
);
