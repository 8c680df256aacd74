-- Takes one of an account's slots, if its calls at once and its day's budget allow.
-- KEYS: slots, spent today, held. ARGV: told time, id, calls at most, budget, lease in ms, what the call can cost.
-- Answers verdict and calls running.
local time = now(ARGV[1])
end_slots(KEYS[1], KEYS[3], time)
local running = redis.call('ZCARD', KEYS[1])
if redis.call('ZSCORE', KEYS[1], ARGV[2]) then
  return {'yes', running}
end
local budget, most = tonumber(ARGV[4]), tonumber(ARGV[6])
if budget > 0 then
  local spent, held = tonumber(redis.call('GET', KEYS[2]) or '0'), 0
  if spent >= budget then
    return {'budget', running}
  end
  for _, amount in ipairs(redis.call('HVALS', KEYS[3])) do
    held = held + tonumber(amount)
  end
  -- a call that can cost more than is left may have the rest to itself
  if held > 0 and spent + held + most > budget then
    return {'no', running}
  end
end
if tonumber(ARGV[3]) > 0 and running >= tonumber(ARGV[3]) then
  return {'no', running}
end
redis.call('ZADD', KEYS[1], whole(time + ARGV[5]), ARGV[2])
if most > 0 then
  redis.call('HSET', KEYS[3], ARGV[2], ARGV[6])
end
return {'yes', running + 1}
