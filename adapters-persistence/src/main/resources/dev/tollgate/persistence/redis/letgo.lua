-- Frees what a call holds that SQL has already, and counts nothing: this store has lost that it had.
-- KEYS: shard open lease ticket progress mark, then the subjects. ARGV: generation, told time, id, subjects' names.
if not is_current(KEYS[1], ARGV[1]) then
  return {'generation'}
end
local id = ARGV[3]
local text = redis.call('HGET', KEYS[2], id)
if not text then
  return {'no'}
end
local hold, of = cjson.decode(text), keys_of(ARGV[4], 6)
if not covers(of, hold) then
  return {'subjects'}
end
begin_though_full(KEYS[2])
redis.call('SET', KEYS[6], 'dropped', 'PX', 600000, 'NX')
redis.call('HDEL', KEYS[2], id)
redis.call('ZREM', KEYS[3], id)
redis.call('HDEL', KEYS[4], id)
redis.call('HDEL', KEYS[5], id)
free(of, hold, 0)
return {'yes'}
