-- Renews the leases of an account's slots that are still there, and counts what runs.
-- KEYS: slots, held. ARGV: told time, lease in ms, then ids. Answers the calls running.
begin_though_full(KEYS[2])
local time = now(ARGV[1])
for i = 3, #ARGV do
  redis.call('ZADD', KEYS[1], 'XX', whole(time + ARGV[2]), ARGV[i])
end
end_slots(KEYS[1], KEYS[2], time)
return {'yes', redis.call('ZCARD', KEYS[1])}
