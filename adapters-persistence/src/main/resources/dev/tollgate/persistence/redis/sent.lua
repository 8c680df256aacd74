-- Marks a hold as sent: from now on it ends in a record.
-- KEYS: shard open lease ticket. ARGV: generation, told time, id, ticket, lease in ms.
if not is_current(KEYS[1], ARGV[1]) then
  return {'generation'}
end
if redis.call('HEXISTS', KEYS[2], ARGV[3]) == 0 then
  return {'no'}
end
redis.call('HSET', KEYS[4], ARGV[3], ARGV[4])
redis.call('ZADD', KEYS[3], whole(now(ARGV[2]) + ARGV[5]), ARGV[3])
return {'yes'}
