-- What a line of the credit ledger is, and whose charge a refund gives back.
ALTER TABLE credit_entry ADD COLUMN kind VARCHAR(16) NOT NULL DEFAULT 'grant';
ALTER TABLE credit_entry ADD COLUMN request_id CHAR(36);
UPDATE credit_entry SET kind = 'deduction' WHERE amount < 0;

-- A renewal adds the term the package was sold with.
ALTER TABLE user_package ADD COLUMN term_days INT;
UPDATE user_package SET term_days =
  (SELECT o.duration_days FROM package_offer o WHERE o.id = user_package.package_id);

-- Either gives an amount of credit or a package. Of the code's text only a digest is kept.
CREATE TABLE redeem_code (
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
CREATE TABLE redeem_use (
  code_id         BIGINT      NOT NULL PRIMARY KEY,
  user_id         BIGINT      NOT NULL,
  credit_entry_id BIGINT,
  user_package_id BIGINT,
  used_at         DATETIME(6) NOT NULL,
  KEY redeem_use_by_user (user_id)
);
