-- Which call has which Idempotency-Key, for a day. The claim is this row: whoever inserts it serves the call.
CREATE TABLE IF NOT EXISTS idempotency_key (
    -- Of user and key.
    key_digest CHAR(64) NOT NULL PRIMARY KEY,
    -- Of what was asked.
    call_digest CHAR(64) NOT NULL,
    request_id BINARY(16) NOT NULL,
    ended BOOLEAN NOT NULL,
    -- Epoch milliseconds.
    expires_at BIGINT NOT NULL,
    -- Sealed, as the caller had it; NULL while there is none to be given again.
    answer MEDIUMTEXT,
    KEY idempotency_key_expires_at (expires_at)
);
