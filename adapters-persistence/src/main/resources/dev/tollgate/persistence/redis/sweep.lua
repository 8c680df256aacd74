-- The holds whose lease ran out, four values each: id, hold, ticket, progress; an absent one is empty.
-- KEYS: shard open lease ticket progress. ARGV: generation, told time, how many at most.
if not is_current(KEYS[1], ARGV[1]) then
  return {'generation'}
end
local answer = {'expired'}
local ids = redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', whole(now(ARGV[2])), 'LIMIT', 0, ARGV[3])
for _, id in ipairs(ids) do
  for _, value in ipairs({id, redis.call('HGET', KEYS[2], id) or '', redis.call('HGET', KEYS[4], id) or '',
      redis.call('HGET', KEYS[5], id) or ''}) do
    answer[#answer + 1] = value
  end
end
return answer
