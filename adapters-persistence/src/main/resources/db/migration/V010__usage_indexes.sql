-- A record's id tells its time, so ids order records by time: the key itself serves spans of time, and an index of a
-- user, key, account or status needs no time besides. Attempts are read by their call's id, or all of them.
CREATE INDEX usage_record_by_user ON usage_record (user_id, request_id);
CREATE INDEX usage_record_by_key ON usage_record (api_key_id, request_id);
CREATE INDEX usage_record_by_account ON usage_record (account_id, request_id);
CREATE INDEX usage_record_by_status ON usage_record (status, request_id);
ALTER TABLE usage_record DROP INDEX usage_record_user;
ALTER TABLE usage_record DROP INDEX usage_record_key;
ALTER TABLE usage_record DROP INDEX usage_record_account;
ALTER TABLE usage_record DROP INDEX usage_record_time;
ALTER TABLE usage_attempt DROP INDEX usage_attempt_account;
