-- Of two limits on one subject's spending that with the higher version stands, whichever node brings it.

ALTER TABLE app_user ADD COLUMN limits_version BIGINT NOT NULL DEFAULT 0;

ALTER TABLE api_key ADD COLUMN limits_version BIGINT NOT NULL DEFAULT 0;
