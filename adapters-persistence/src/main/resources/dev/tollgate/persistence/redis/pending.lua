-- Entries that SQL is not known to have, oldest first. KEYS: shard events. ARGV: generation, told time, how many.
if not is_current(KEYS[1], ARGV[1]) then
  return {'generation'}
end
local from = redis.call('HGET', KEYS[1], 'drained') or '0-0'
return {'pending', redis.call('XRANGE', KEYS[2], '(' .. from, '+', 'COUNT', ARGV[3])}
