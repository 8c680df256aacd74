-- Either gives an amount of credit or a package. Of the code's text only a digest is kept.
CREATE TABLE IF NOT EXISTS redeem_code (
  id            BIGINT       NOT NULL PRIMARY KEY,
  batch_id      BIGINT       NOT NULL,
  digest        BINARY(32)   NOT NULL,
  digest_key_id VARCHAR(16)  NOT NULL,
  code_prefix   VARCHAR(8)   NOT NULL,
  last4         CHAR(4)      NOT NULL,
  amount        BIGINT,
  package_id    BIGINT,
  name          VARCHAR(200),
  description   TEXT,
  expires_at    DATETIME(6),
  enabled       BOOLEAN      NOT NULL,
  creator_id    BIGINT,
  created_at    DATETIME(6)  NOT NULL,
  UNIQUE KEY redeem_code_by_digest (digest),
  KEY redeem_code_by_batch (batch_id)
);

-- Append-only. One row a code for ever, whoever tries to redeem it again.
CREATE TABLE IF NOT EXISTS redeem_use (
  code_id         BIGINT      NOT NULL PRIMARY KEY,
  user_id         BIGINT      NOT NULL,
  credit_entry_id BIGINT,
  user_package_id BIGINT,
  used_at         DATETIME(6) NOT NULL,
  KEY redeem_use_by_user (user_id)
);
