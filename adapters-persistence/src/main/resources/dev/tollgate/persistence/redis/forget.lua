-- Makes totals cold: they are not told nor added to until they are set again.
-- KEYS: shard cold warm, then the totals. ARGV: generation, told time, their names.
if not is_current(KEYS[1], ARGV[1]) then
  return {'generation'}
end
for name, key in pairs(keys_of(ARGV[3], 3)) do
  local whose = string.match(name, '^total:(.*)$')
  redis.call('HDEL', key, 'generation')
  redis.call('SREM', KEYS[3], whose)
  redis.call('SADD', KEYS[2], whose)
end
return {'yes'}
