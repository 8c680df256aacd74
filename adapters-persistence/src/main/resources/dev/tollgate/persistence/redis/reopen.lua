-- Takes a sent call's hold again: whatever the limits say if the store lost its data since the call was admitted.
-- KEYS: shard open lease ticket mark, then the subjects.
-- ARGV: generation, told time, id, subjects' names, ticket, lease in ms, windows, amount, admission in ms.
local generation, id, of = ARGV[1], ARGV[3], keys_of(ARGV[4], 5)
if not is_current(KEYS[1], generation) then
  return {'generation'}
end
local mark = redis.call('GET', KEYS[5])
if mark and (mark == 'settled' or string.sub(mark, 1, 7) == 'orphan:') then
  return {'no'}
end
if redis.call('HEXISTS', KEYS[2], id) == 0 then
  local was_lost = not mark and tonumber(ARGV[9]) < number(KEYS[1], 'since')
  if not was_lost then
    for _, key in pairs(of) do
      if not is_current(key, generation) then
        return {'cold'}
      end
    end
    local carries = true
    each_window(ARGV[7], function(subject, window)
      local limit = redis.call('HGET', of[subject], 'limit:' .. string.match(window, '^%a+'))
      if limit and room(of[subject], window, limit) < tonumber(ARGV[8]) then
        carries = false
      end
    end)
    if not carries then
      return {'no'}
    end
  end
  local hold = {windows = ARGV[7], amount = ARGV[8], payer = 0, rates = {}}
  -- its minute is over or lost, but it is one of the calls at once again
  for _, subject in ipairs(subjects_of(ARGV[7])) do
    if string.match(subject, '^user:') or string.match(subject, '^key:') then
      hold.rates[#hold.rates + 1] = {subject = subject, minute = 0, tokens = 0}
      if is_current(of[subject], generation) then
        redis.call('HINCRBY', of[subject], 'running', '1')
      end
    end
  end
  redis.call('DEL', KEYS[5])
  redis.call('HSET', KEYS[2], id, cjson.encode(hold))
  hold_windows(of, hold, hold.amount, '1')
  stay(of, hold)
end
redis.call('HSET', KEYS[4], id, ARGV[5])
redis.call('ZADD', KEYS[3], whole(now(ARGV[2]) + ARGV[6]), id)
return {'yes'}
