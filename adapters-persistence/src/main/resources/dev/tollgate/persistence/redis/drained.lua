-- Forgets entries that SQL has committed; they stay two minutes, the marks of their calls ten.
-- KEYS: shard events, then the marks of the entries' calls. ARGV: generation, told time, up to which entry.
if not is_current(KEYS[1], ARGV[1]) then
  return {'generation'}
end
local upto, from = ARGV[3], redis.call('HGET', KEYS[1], 'drained') or '0-0'
if compare(upto, from) <= 0 then
  return {'no'}
end
local gone = #redis.call('XRANGE', KEYS[2], '(' .. from, upto)
redis.call('HSET', KEYS[1], 'drained', upto)
redis.call('HINCRBY', KEYS[1], 'waiting', minus(whole(gone)))
redis.call('XGROUP', 'SETID', KEYS[2], 'sql', upto)
for i = 3, #KEYS do
  redis.call('PEXPIRE', KEYS[i], 600000)
end
local oldest = math.min(now('') - 120000, tonumber(string.match(upto, '^%d+')))
redis.call('XTRIM', KEYS[2], 'MINID', whole(oldest))
return {'yes'}
