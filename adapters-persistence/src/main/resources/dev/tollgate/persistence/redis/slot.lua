-- Takes one of an account's slots, if its calls at once and its day's budget allow.
-- KEYS: slots, spent today. ARGV: told time, id, calls at most, budget, lease in ms. Answers verdict and calls running.
local time = now(ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', whole(time))
local running = redis.call('ZCARD', KEYS[1])
if redis.call('ZSCORE', KEYS[1], ARGV[2]) then
  return {'yes', running}
end
if tonumber(ARGV[4]) > 0 and tonumber(redis.call('GET', KEYS[2]) or '0') >= tonumber(ARGV[4]) then
  return {'budget', running}
end
if tonumber(ARGV[3]) > 0 and running >= tonumber(ARGV[3]) then
  return {'no', running}
end
redis.call('ZADD', KEYS[1], whole(time + ARGV[5]), ARGV[2])
return {'yes', running + 1}
