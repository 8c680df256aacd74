-- What operators are told, where they want to be told, and how that went; see docs/decisions/0012. Usage never writes here.

-- What was raised; the key is what makes it once, so it is kept for as long as the same could be found again.
CREATE TABLE IF NOT EXISTS alert (
  id         BIGINT      NOT NULL PRIMARY KEY,
  alert_key  VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  type       VARCHAR(32) NOT NULL,
  created_at DATETIME(6) NOT NULL,
  -- Null: for ever.
  kept_until DATETIME(6),
  data       TEXT        NOT NULL,
  UNIQUE KEY alert_once (alert_key),
  KEY alert_by_end (kept_until)
);

-- What holds now and was told, such as an account that is down.
CREATE TABLE IF NOT EXISTS alert_condition (
  name     VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL PRIMARY KEY,
  alert_id BIGINT      NOT NULL
);

-- How many batches of each shard's usage were looked at.
CREATE TABLE IF NOT EXISTS alert_look (
  shard   INT    NOT NULL PRIMARY KEY,
  batches BIGINT NOT NULL
);

-- How users' credit stood when it was last looked at; version is that of credit_account, money is nano-dollars.
CREATE TABLE IF NOT EXISTS alert_credit (
  user_id BIGINT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  base    BIGINT NOT NULL,
  used    BIGINT NOT NULL
);

CREATE TABLE IF NOT EXISTS webhook (
  id                BIGINT        NOT NULL PRIMARY KEY,
  name              VARCHAR(200),
  url               VARCHAR(500)  NOT NULL,
  -- JSON array of names.
  events            VARCHAR(1000) NOT NULL,
  -- Sealed to this row.
  secret            VARCHAR(1000) NOT NULL,
  enabled           BOOLEAN       NOT NULL,
  last_status       VARCHAR(32),
  last_at           DATETIME(6),
  failures_in_a_row INT           NOT NULL,
  created_at        DATETIME(6)   NOT NULL,
  updated_at        DATETIME(6)   NOT NULL
);

-- An alert for a webhook. Without a due time it is over.
CREATE TABLE IF NOT EXISTS webhook_delivery (
  id         BIGINT      NOT NULL PRIMARY KEY,
  webhook_id BIGINT      NOT NULL,
  alert_id   BIGINT      NOT NULL,
  attempts   INT         NOT NULL,
  due_at     DATETIME(6),
  created_at DATETIME(6) NOT NULL,
  UNIQUE KEY webhook_delivery_once (alert_id, webhook_id),
  KEY webhook_delivery_due (webhook_id, due_at),
  KEY webhook_delivery_by_time (created_at)
);

-- The delivery log.
CREATE TABLE IF NOT EXISTS webhook_attempt (
  id              BIGINT      NOT NULL PRIMARY KEY,
  webhook_id      BIGINT      NOT NULL,
  delivery_id     BIGINT      NOT NULL,
  alert_id        BIGINT      NOT NULL,
  type            VARCHAR(32) NOT NULL,
  attempt_number  INT         NOT NULL,
  attempted_at    DATETIME(6) NOT NULL,
  outcome         VARCHAR(16) NOT NULL,
  http_status     INT,
  latency_ms      BIGINT      NOT NULL,
  error           VARCHAR(32),
  response        TEXT,
  next_at         DATETIME(6),
  KEY webhook_attempt_by_webhook (webhook_id, id),
  KEY webhook_attempt_by_time (attempted_at)
);
