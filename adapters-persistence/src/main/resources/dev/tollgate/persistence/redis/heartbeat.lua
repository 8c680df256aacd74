-- Renews leases and keeps what is known of the calls; answers the ids that hold nothing, or whose ticket is lost.
-- KEYS: shard open lease progress ticket. ARGV: generation, told time, lease in ms, then id and progress by turns.
if not is_current(KEYS[1], ARGV[1]) then
  return {'generation'}
end
begin_though_full(KEYS[2])
local answer, ends = {'lost'}, whole(now(ARGV[2]) + ARGV[3])
for i = 4, #ARGV, 2 do
  if redis.call('HEXISTS', KEYS[2], ARGV[i]) == 1 and redis.call('HEXISTS', KEYS[5], ARGV[i]) == 1 then
    redis.call('HSET', KEYS[4], ARGV[i], ARGV[i + 1])
    redis.call('ZADD', KEYS[3], ends, ARGV[i])
  else
    answer[#answer + 1] = ARGV[i]
  end
end
return answer
