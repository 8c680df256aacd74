-- Begins a life of a shard's data: no counter is trusted any more, what the stream has goes into SQL first.
-- KEYS: shard events. ARGV: generation, told time.
if is_current(KEYS[1], ARGV[1]) then
  return {'no'}
end
if redis.call('EXISTS', KEYS[2]) == 0 then
  redis.call('XGROUP', 'CREATE', KEYS[2], 'sql', '0', 'MKSTREAM')
end
local last = redis.call('XREVRANGE', KEYS[2], '+', '-', 'COUNT', 1)
redis.call('HSET', KEYS[1], 'recovered', last[1] and last[1][1] or '0-0', 'since', whole(now(ARGV[2])),
  'generation', ARGV[1])
return {'yes'}
