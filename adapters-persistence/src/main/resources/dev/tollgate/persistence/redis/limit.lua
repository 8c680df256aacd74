-- Makes a limit known; the one with the highest version stands.
-- KEYS: shard, subject. ARGV: generation, told time, kind of window, 'version:amount' or 'version:none'.
if not is_current(KEYS[1], ARGV[1]) then
  return {'generation'}
end
redis.call('HSET', KEYS[2], 'limit:' .. ARGV[3], newest(KEYS[2], ARGV[3], ARGV[4]))
if number(KEYS[2], 'open') <= 0 then
  redis.call('EXPIRE', KEYS[2], 3600)
end
return {'yes'}
