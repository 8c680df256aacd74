-- Drops a hold unless it was sent; with 'expired' only if its lease ran out. An id without one is marked, so that
-- a late reservation takes nothing.
-- KEYS: shard open lease ticket mark, then the subjects. ARGV: generation, told time, id, subjects' names, when.
if not is_current(KEYS[1], ARGV[1]) then
  return {'generation'}
end
begin_though_full(KEYS[2])
local id = ARGV[3]
local text = redis.call('HGET', KEYS[2], id)
if not text then
  redis.call('SET', KEYS[5], 'dropped', 'PX', 600000, 'NX')
  return {'no'}
end
if redis.call('HEXISTS', KEYS[4], id) == 1 then
  return {'sent'}
end
local hold, of = cjson.decode(text), keys_of(ARGV[4], 5)
if not covers(of, hold) then
  return {'subjects'}
end
local ends = tonumber(redis.call('ZSCORE', KEYS[3], id) or '0')
if ARGV[5] == 'expired' and ends > now(ARGV[2]) then
  return {'no'}
end
redis.call('SET', KEYS[5], 'dropped', 'PX', 600000)
redis.call('HDEL', KEYS[2], id)
redis.call('ZREM', KEYS[3], id)
free(of, hold, 0)
return {'yes'}
