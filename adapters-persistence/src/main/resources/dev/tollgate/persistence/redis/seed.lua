-- Sets cold counters to SQL's sums and the entries SQL does not have yet, and what is held to the open holds.
-- KEYS: shard events open, then the cold subjects.
-- ARGV: generation, told time, their names, SQL's last entry or '0-0', per subject a list of window, requests, cost,
-- and how long after the data was lost the nodes have to bring what they know.
local generation, of = ARGV[1], keys_of(ARGV[3], 3)
if not is_current(KEYS[1], generation) then
  return {'generation'}
end
-- entries older than this life of the data may be in SQL already; the drainer tells
local from = unsummed(KEYS[1], ARGV[4])
if not from then
  return {'recovering'}
end
if now(ARGV[2]) < number(KEYS[1], 'since') + ARGV[6] then
  return {'recovering'}
end
local sums, cold = cjson.decode(ARGV[5]), {}
for name, key in pairs(of) do
  if not is_current(key, generation) then
    cold[name] = key
    local fields = redis.call('HKEYS', key)
    for _, field in ipairs(fields) do
      local kind = string.match(field, '^%a+')
      if kind ~= 'limit' and kind ~= 'minute' and kind ~= 'tokens' and field ~= 'requests' then
        redis.call('HDEL', key, field)
      end
    end
    local sum = sums[name] or {}
    for i = 1, #sum, 3 do
      redis.call('HSET', key, 'requests:' .. sum[i], sum[i + 1], 'used:' .. sum[i], sum[i + 2])
    end
    redis.call('HSET', key, 'generation', generation)
    redis.call('EXPIRE', key, 3600)
  end
end
for _, text in ipairs(redis.call('HVALS', KEYS[3])) do
  local hold = cjson.decode(text)
  hold_windows(cold, hold, hold.amount, '1')
  stay(cold, hold)
  for _, rate in ipairs(hold.rates) do
    if cold[rate.subject] then
      redis.call('HINCRBY', cold[rate.subject], 'running', '1')
    end
  end
end
for _, entry in ipairs(redis.call('XRANGE', KEYS[2], '(' .. from, '+')) do
  local value = {}
  for i = 1, #entry[2], 2 do
    value[entry[2][i]] = entry[2][i + 1]
  end
  each_window(value.windows, function(subject, window)
    if cold[subject] then
      redis.call('HINCRBY', cold[subject], 'requests:' .. window, value.requests)
      redis.call('HINCRBY', cold[subject], 'used:' .. window, value.cost)
    end
  end)
end
return {'yes'}
