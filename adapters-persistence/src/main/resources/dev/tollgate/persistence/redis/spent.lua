-- Subjects' fields, if all can be trusted, after the time. KEYS: shard, subjects. ARGV: generation, told time.
if not is_current(KEYS[1], ARGV[1]) then
  return {'generation'}
end
local answer = {'spent', whole(now(ARGV[2]))}
for i = 2, #KEYS do
  if not is_current(KEYS[i], ARGV[1]) then
    return {'cold'}
  end
  answer[i + 1] = redis.call('HGETALL', KEYS[i])
end
return answer
