-- Usage: what was served, what it cost, and every sum of it. Only the drainer and the recovery write here, and nothing
-- else does; see docs/ledger.md. Times are UTC epoch milliseconds, window starts epoch seconds; customers' charges are
-- nano-dollars, costs before rounding pico-dollars. An id of 0 means that there is none.

-- How far each shard's stream has been moved here, and how many batch ids were drawn; locked by every transaction that
-- records usage and by every seed.
CREATE TABLE IF NOT EXISTS shard_state (
  shard      INT    NOT NULL PRIMARY KEY,
  generation VARCHAR(64),
  last_major BIGINT NOT NULL,
  last_minor BIGINT NOT NULL,
  batches    BIGINT NOT NULL,
  moved_at   BIGINT NOT NULL
);

-- A call's record is the sum of its entries: 0 is the charge, 1 what was missing when an orphan turned out to be settled.
-- Numbers add up over the entries; everything else, the two JSON columns included, is absolute, and the last entry counts.
-- A record's id tells its time, so ids order records by time: the key itself serves spans of time, and an index of a
-- user, key, account or status needs no time besides. Attempts are read by their call's id, or all of them.
CREATE TABLE IF NOT EXISTS usage_record (
  request_id             BINARY(16)   NOT NULL,
  entry                  SMALLINT     NOT NULL,
  batch_id               BIGINT       NOT NULL,
  occurred_at            BIGINT       NOT NULL,
  recorded_at            BIGINT       NOT NULL,
  user_id                BIGINT       NOT NULL,
  api_key_id             BIGINT       NOT NULL,
  account_id             BIGINT       NOT NULL,
  payer                  VARCHAR(8)   NOT NULL,
  user_package_id        BIGINT       NOT NULL,
  platform               VARCHAR(64)  NOT NULL,
  account_type           VARCHAR(16)  NOT NULL,
  dialect                VARCHAR(32)  NOT NULL,
  requested_model        VARCHAR(191) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  model                  VARCHAR(191) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  upstream_model         VARCHAR(191) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  stream                 BOOLEAN      NOT NULL,
  status                 VARCHAR(16)  NOT NULL,
  http_status            SMALLINT     NOT NULL,
  usage_source           VARCHAR(16)  NOT NULL,
  clamped                BOOLEAN      NOT NULL,
  flags                  VARCHAR(512) NOT NULL,
  price_version          BIGINT       NOT NULL,
  multiplier_trillionths BIGINT       NOT NULL,
  hold_nanos             BIGINT       NOT NULL,
  client_ip              VARCHAR(64),
  user_agent             VARCHAR(512),
  idempotency            VARCHAR(128),
  requests               BIGINT       NOT NULL,
  errors                 BIGINT       NOT NULL,
  attempts               BIGINT       NOT NULL,
  latency_ms             BIGINT,
  first_token_ms         BIGINT,
  input_tokens           BIGINT       NOT NULL,
  output_tokens          BIGINT       NOT NULL,
  cache_read_tokens      BIGINT       NOT NULL,
  cache_write_5m_tokens  BIGINT       NOT NULL,
  cache_write_1h_tokens  BIGINT       NOT NULL,
  reasoning_tokens       BIGINT       NOT NULL,
  audio_input_tokens     BIGINT       NOT NULL,
  audio_output_tokens    BIGINT       NOT NULL,
  image_input_tokens     BIGINT       NOT NULL,
  image_output_tokens    BIGINT       NOT NULL,
  input_cost_picos       BIGINT       NOT NULL,
  output_cost_picos      BIGINT       NOT NULL,
  cache_read_cost_picos  BIGINT       NOT NULL,
  cache_write_cost_picos BIGINT       NOT NULL,
  other_cost_picos       BIGINT       NOT NULL,
  base_cost_picos        BIGINT       NOT NULL,
  upstream_cost_picos    BIGINT       NOT NULL,
  total_cost_nanos       BIGINT       NOT NULL,
  usage_json             TEXT         NOT NULL,
  line_items_json        TEXT         NOT NULL,
  windows                TEXT         NOT NULL,
  PRIMARY KEY (request_id, entry),
  KEY usage_record_batch (batch_id),
  KEY usage_record_by_user (user_id, request_id),
  KEY usage_record_by_key (api_key_id, request_id),
  KEY usage_record_by_account (account_id, request_id),
  KEY usage_record_by_status (status, request_id)
);

-- One try at one account; like records, entries add up.
CREATE TABLE IF NOT EXISTS usage_attempt (
  request_id            BINARY(16)   NOT NULL,
  entry                 SMALLINT     NOT NULL,
  attempt               SMALLINT     NOT NULL,
  batch_id              BIGINT       NOT NULL,
  user_id               BIGINT       NOT NULL,
  account_id            BIGINT       NOT NULL,
  account_type          VARCHAR(16)  NOT NULL,
  upstream_model        VARCHAR(191) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  started_at            BIGINT       NOT NULL,
  ended_at              BIGINT       NOT NULL,
  http_status           SMALLINT,
  failure               VARCHAR(64),
  tries                 BIGINT       NOT NULL,
  failures              BIGINT       NOT NULL,
  input_tokens          BIGINT       NOT NULL,
  output_tokens         BIGINT       NOT NULL,
  cache_read_tokens     BIGINT       NOT NULL,
  cache_write_5m_tokens BIGINT       NOT NULL,
  cache_write_1h_tokens BIGINT       NOT NULL,
  upstream_cost_picos   BIGINT       NOT NULL,
  PRIMARY KEY (request_id, entry, attempt),
  KEY usage_attempt_batch (batch_id)
);

-- Sums of records by the quarter of an hour in which they occurred; bucket_start is its first millisecond. A column
-- latency_N counts the calls that took at most N ms and more than the next smaller bound.
CREATE TABLE IF NOT EXISTS usage_quarter (
  user_id              BIGINT NOT NULL,
  bucket_start         BIGINT NOT NULL,
  account_id           BIGINT NOT NULL,
  api_key_id           BIGINT NOT NULL,
  model                VARCHAR(191) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  requests             BIGINT NOT NULL,
  errors               BIGINT NOT NULL,
  input_tokens         BIGINT NOT NULL,
  output_tokens        BIGINT NOT NULL,
  cache_read_tokens    BIGINT NOT NULL,
  cache_write_tokens   BIGINT NOT NULL,
  cost_nanos           BIGINT NOT NULL,
  base_cost_picos      BIGINT NOT NULL,
  latency_count        BIGINT NOT NULL,
  latency_sum_ms       BIGINT NOT NULL,
  first_token_count    BIGINT NOT NULL,
  first_token_sum_ms   BIGINT NOT NULL,
  latency_100          BIGINT NOT NULL,
  latency_250          BIGINT NOT NULL,
  latency_500          BIGINT NOT NULL,
  latency_1000         BIGINT NOT NULL,
  latency_2500         BIGINT NOT NULL,
  latency_5000         BIGINT NOT NULL,
  latency_10000        BIGINT NOT NULL,
  latency_30000        BIGINT NOT NULL,
  latency_60000        BIGINT NOT NULL,
  latency_more         BIGINT NOT NULL,
  first_token_100      BIGINT NOT NULL,
  first_token_250      BIGINT NOT NULL,
  first_token_500      BIGINT NOT NULL,
  first_token_1000     BIGINT NOT NULL,
  first_token_2500     BIGINT NOT NULL,
  first_token_5000     BIGINT NOT NULL,
  first_token_10000    BIGINT NOT NULL,
  first_token_30000    BIGINT NOT NULL,
  first_token_60000    BIGINT NOT NULL,
  first_token_more     BIGINT NOT NULL,
  last_used_at         BIGINT NOT NULL,
  PRIMARY KEY (user_id, bucket_start, account_id, api_key_id, model),
  KEY usage_quarter_account (account_id, bucket_start),
  KEY usage_quarter_key (api_key_id, bucket_start),
  KEY usage_quarter_time (bucket_start)
);

-- The same by UTC day.
CREATE TABLE IF NOT EXISTS usage_day (
  user_id              BIGINT NOT NULL,
  bucket_start         BIGINT NOT NULL,
  account_id           BIGINT NOT NULL,
  api_key_id           BIGINT NOT NULL,
  model                VARCHAR(191) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  requests             BIGINT NOT NULL,
  errors               BIGINT NOT NULL,
  input_tokens         BIGINT NOT NULL,
  output_tokens        BIGINT NOT NULL,
  cache_read_tokens    BIGINT NOT NULL,
  cache_write_tokens   BIGINT NOT NULL,
  cost_nanos           BIGINT NOT NULL,
  base_cost_picos      BIGINT NOT NULL,
  latency_count        BIGINT NOT NULL,
  latency_sum_ms       BIGINT NOT NULL,
  first_token_count    BIGINT NOT NULL,
  first_token_sum_ms   BIGINT NOT NULL,
  latency_100          BIGINT NOT NULL,
  latency_250          BIGINT NOT NULL,
  latency_500          BIGINT NOT NULL,
  latency_1000         BIGINT NOT NULL,
  latency_2500         BIGINT NOT NULL,
  latency_5000         BIGINT NOT NULL,
  latency_10000        BIGINT NOT NULL,
  latency_30000        BIGINT NOT NULL,
  latency_60000        BIGINT NOT NULL,
  latency_more         BIGINT NOT NULL,
  first_token_100      BIGINT NOT NULL,
  first_token_250      BIGINT NOT NULL,
  first_token_500      BIGINT NOT NULL,
  first_token_1000     BIGINT NOT NULL,
  first_token_2500     BIGINT NOT NULL,
  first_token_5000     BIGINT NOT NULL,
  first_token_10000    BIGINT NOT NULL,
  first_token_30000    BIGINT NOT NULL,
  first_token_60000    BIGINT NOT NULL,
  first_token_more     BIGINT NOT NULL,
  last_used_at         BIGINT NOT NULL,
  PRIMARY KEY (user_id, bucket_start, account_id, api_key_id, model),
  KEY usage_day_account (account_id, bucket_start),
  KEY usage_day_key (api_key_id, bucket_start),
  KEY usage_day_time (bucket_start)
);

-- What is used in the windows of packages, credits, users and keys.
CREATE TABLE IF NOT EXISTS window_usage (
  subject_kind VARCHAR(8) NOT NULL,
  subject_id   BIGINT     NOT NULL,
  window_kind  VARCHAR(8) NOT NULL,
  window_start BIGINT     NOT NULL,
  requests     BIGINT     NOT NULL,
  cost_nanos   BIGINT     NOT NULL,
  PRIMARY KEY (subject_kind, subject_id, window_kind, window_start)
);

-- All time's sums. An account's is kept by shard, so that shards never wait for one another: add them up.
CREATE TABLE IF NOT EXISTS account_totals (
  account_id           BIGINT NOT NULL,
  shard                INT    NOT NULL,
  requests             BIGINT NOT NULL,
  errors               BIGINT NOT NULL,
  input_tokens         BIGINT NOT NULL,
  output_tokens        BIGINT NOT NULL,
  cache_read_tokens    BIGINT NOT NULL,
  cache_write_tokens   BIGINT NOT NULL,
  cost_nanos           BIGINT NOT NULL,
  last_used_at         BIGINT NOT NULL,
  PRIMARY KEY (account_id, shard)
);

-- What accounts cost us, attempt by attempt, failed ones included, by UTC day and shard: add them up.
CREATE TABLE IF NOT EXISTS account_upstream (
  account_id           BIGINT NOT NULL,
  bucket_start         BIGINT NOT NULL,
  shard                INT    NOT NULL,
  attempts             BIGINT NOT NULL,
  failures             BIGINT NOT NULL,
  upstream_cost_picos  BIGINT NOT NULL,
  PRIMARY KEY (account_id, bucket_start, shard),
  KEY account_upstream_day (bucket_start)
);

CREATE TABLE IF NOT EXISTS user_totals (
  user_id              BIGINT NOT NULL PRIMARY KEY,
  requests             BIGINT NOT NULL,
  errors               BIGINT NOT NULL,
  input_tokens         BIGINT NOT NULL,
  output_tokens        BIGINT NOT NULL,
  cache_read_tokens    BIGINT NOT NULL,
  cache_write_tokens   BIGINT NOT NULL,
  cost_nanos           BIGINT NOT NULL,
  last_used_at         BIGINT NOT NULL
);

CREATE TABLE IF NOT EXISTS key_totals (
  api_key_id           BIGINT NOT NULL PRIMARY KEY,
  requests             BIGINT NOT NULL,
  errors               BIGINT NOT NULL,
  input_tokens         BIGINT NOT NULL,
  output_tokens        BIGINT NOT NULL,
  cache_read_tokens    BIGINT NOT NULL,
  cache_write_tokens   BIGINT NOT NULL,
  cost_nanos           BIGINT NOT NULL,
  last_used_at         BIGINT NOT NULL
);

-- Settlements that could not be written as records. They are part of the windows they name.
CREATE TABLE IF NOT EXISTS dead_letter (
  request_id      BINARY(16)   NOT NULL PRIMARY KEY,
  shard           INT          NOT NULL,
  user_id         BIGINT       NOT NULL,
  recorded_at     BIGINT       NOT NULL,
  cost_nanos      BIGINT       NOT NULL,
  reason          VARCHAR(512) NOT NULL,
  settlement_json MEDIUMTEXT   NOT NULL,
  KEY dead_letter_shard (shard)
);
