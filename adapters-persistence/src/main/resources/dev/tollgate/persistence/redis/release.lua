-- Gives a slot back with what it holds, and counts what its attempt cost upstream: once a lease.
-- KEYS: slots, spent today, held. ARGV: id, cost. Answers the calls still running.
if redis.call('ZREM', KEYS[1], ARGV[1]) == 1 then
  redis.call('INCRBY', KEYS[2], ARGV[2])
  redis.call('EXPIRE', KEYS[2], 172800)
end
redis.call('HDEL', KEYS[3], ARGV[1])
return {'yes', redis.call('ZCARD', KEYS[1])}
