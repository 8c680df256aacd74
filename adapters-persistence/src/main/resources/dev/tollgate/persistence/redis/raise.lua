-- Raises what a call holds to an amount, if every limit carries what it lacks of that; never lowers it.
-- KEYS: shard open, then the subjects. ARGV: generation, told time, id, subjects' names, amount, then of each limit its
-- subject, kind, window and 'version:amount'.
local generation, id, of = ARGV[1], ARGV[3], keys_of(ARGV[4], 2)
if not is_current(KEYS[1], generation) then
  return {'generation'}
end
local text = redis.call('HGET', KEYS[2], id)
local hold = text and cjson.decode(text)
if not hold or not covers(of, hold) then
  return {'no'}
end
local more = tonumber(ARGV[5]) - tonumber(hold.amount)
if more <= 0 then
  return {'held', hold.amount}
end
for _, key in pairs(of) do
  if not is_current(key, generation) then
    return {'cold'}
  end
end

local function version_of(limit)
  return tonumber(string.match(limit, '^%d+'))
end

for i = 6, #ARGV, 4 do
  local key, window, stands = of[ARGV[i]], ARGV[i + 2], ARGV[i + 3]
  local known = redis.call('HGET', key, 'limit:' .. ARGV[i + 1])
  if known and version_of(known) >= version_of(stands) then
    stands = known
  end
  if room(key, window, stands) < more then
    return {'over', whole((i - 6) / 4), whole(amount_of(stands)),
      whole(number(key, 'used:' .. window)), whole(number(key, 'held:' .. window))}
  end
end
hold.amount = ARGV[5]
redis.call('HSET', KEYS[2], id, cjson.encode(hold))
hold_windows(of, hold, whole(more), '0')
return {'held', hold.amount}
