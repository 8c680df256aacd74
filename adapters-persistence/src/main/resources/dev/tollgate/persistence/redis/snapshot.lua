-- A shard at one moment: counters of the subjects that can be trusted, holds, entries on their way to SQL.
-- KEYS: shard open events, then the subjects. ARGV: generation, told time, subjects' names.
if not is_current(KEYS[1], ARGV[1]) then
  return {'generation'}
end
local counters = {}
for name, key in pairs(keys_of(ARGV[3], 3)) do
  if is_current(key, ARGV[1]) then
    counters[#counters + 1] = {name, redis.call('HGETALL', key)}
  end
end
local from = redis.call('HGET', KEYS[1], 'drained') or '0-0'
return {'snapshot', counters, redis.call('HGETALL', KEYS[2]), redis.call('XRANGE', KEYS[3], '(' .. from, '+')}
