-- Packages on offer, what users hold of them, and the ledgers of both packages and credit. Usage never writes here.
-- Money is nano-dollars; a limit that is null is none.

CREATE TABLE IF NOT EXISTS package_offer (
  id             BIGINT       NOT NULL PRIMARY KEY,
  name           VARCHAR(200) NOT NULL,
  description    TEXT,
  price          BIGINT       NOT NULL,
  active         BOOLEAN      NOT NULL,
  type           VARCHAR(16)  NOT NULL,
  spend_mode     VARCHAR(16)  NOT NULL,
  time_zone      VARCHAR(64)  NOT NULL,
  month_rule     VARCHAR(16)  NOT NULL,
  duration_days  INT,
  daily_quota    BIGINT,
  weekly_quota   BIGINT,
  monthly_quota  BIGINT,
  quota_amount   BIGINT,
  allowed_models TEXT         NOT NULL
);

-- The terms are copied at assignment. A removed package stays for the records that name it.
CREATE TABLE IF NOT EXISTS user_package (
  id             BIGINT       NOT NULL PRIMARY KEY,
  user_id        BIGINT       NOT NULL,
  package_id     BIGINT       NOT NULL,
  name           VARCHAR(200) NOT NULL,
  type           VARCHAR(16)  NOT NULL,
  spend_mode     VARCHAR(16)  NOT NULL,
  time_zone      VARCHAR(64)  NOT NULL,
  month_rule     VARCHAR(16)  NOT NULL,
  daily_quota    BIGINT,
  weekly_quota   BIGINT,
  monthly_quota  BIGINT,
  quota_amount   BIGINT,
  allowed_models TEXT         NOT NULL,
  start_time     DATETIME(6)  NOT NULL,
  expire_time    DATETIME(6),
  enabled        BOOLEAN      NOT NULL,
  priority       INT          NOT NULL,
  version        BIGINT       NOT NULL,
  removed_at     DATETIME(6),
  -- A renewal adds the term the package was sold with.
  term_days      INT,
  KEY user_package_by_user (user_id)
);

-- Append-only: what happened to users' packages.
CREATE TABLE IF NOT EXISTS package_event (
  id              BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  user_package_id BIGINT       NOT NULL,
  user_id         BIGINT       NOT NULL,
  kind            VARCHAR(16)  NOT NULL,
  reference       VARCHAR(191) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
  actor_id        BIGINT,
  occurred_at     DATETIME(6)  NOT NULL,
  UNIQUE KEY package_event_reference (user_id, reference),
  KEY package_event_by_package (user_package_id)
);

-- One row a user who ever had credit: locked by each booking. The sum is that of the entries.
CREATE TABLE IF NOT EXISTS credit_account (
  user_id BIGINT NOT NULL PRIMARY KEY,
  granted BIGINT NOT NULL,
  version BIGINT NOT NULL
);

-- Append-only: grants and what was taken back.
CREATE TABLE IF NOT EXISTS credit_entry (
  id          BIGINT       NOT NULL PRIMARY KEY,
  user_id     BIGINT       NOT NULL,
  amount      BIGINT       NOT NULL,
  reason      VARCHAR(500),
  reference   VARCHAR(191) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
  actor_id    BIGINT,
  occurred_at DATETIME(6)  NOT NULL,
  kind        VARCHAR(16)  NOT NULL DEFAULT 'grant',
  -- Whose charge a refund gives back.
  request_id  CHAR(36),
  UNIQUE KEY credit_entry_reference (user_id, reference),
  KEY credit_entry_by_user (user_id, id)
);
