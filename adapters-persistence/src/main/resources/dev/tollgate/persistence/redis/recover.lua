-- Begins a life of a shard's data: no counter is trusted any more, what the stream has goes into SQL first. A file that
-- was torn twice may have left half a step: what is waiting is counted again, and every hold gets a lease.
-- KEYS: shard events open lease. ARGV: generation, told time. Answers when this life began, and whether Redis takes writes:
-- one that answers questions only lets every lease run out.
local written = redis.pcall('HDEL', KEYS[1], '')
local is_taken = type(written) == 'number' and 'yes' or 'no'
if is_current(KEYS[1], ARGV[1]) then
  return {'no', redis.call('HGET', KEYS[1], 'since') or '0', is_taken}
end
if redis.call('EXISTS', KEYS[2]) == 0 then
  redis.call('XGROUP', 'CREATE', KEYS[2], 'sql', '0', 'MKSTREAM')
end
for _, id in ipairs(redis.call('ZRANGE', KEYS[4], 0, -1)) do
  if redis.call('HEXISTS', KEYS[3], id) == 0 then
    redis.call('ZREM', KEYS[4], id)
  end
end
local since = now(ARGV[2])
for _, id in ipairs(redis.call('HKEYS', KEYS[3])) do
  redis.call('ZADD', KEYS[4], 'NX', whole(since + 30000), id)
end
local last = redis.call('XREVRANGE', KEYS[2], '+', '-', 'COUNT', 1)
local from = redis.call('HGET', KEYS[1], 'drained') or '0-0'
local waiting = #redis.call('XRANGE', KEYS[2], '(' .. from, '+')
redis.call('HSET', KEYS[1], 'recovered', last[1] and last[1][1] or '0-0', 'waiting', whole(waiting),
  'since', whole(since), 'generation', ARGV[1])
return {'yes', whole(since), 'yes'}
