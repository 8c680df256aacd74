-- Sets cold totals and their days to SQL's sums and the entries SQL does not have yet.
-- KEYS: shard events cold warm, then totals and days.
-- ARGV: generation, told time, their names, SQL's last entry or '0-0', the first day summed, by name fields and values.
local generation, of = ARGV[1], keys_of(ARGV[3], 4)
if not is_current(KEYS[1], generation) then
  return {'generation'}
end
local from = unsummed(KEYS[1], ARGV[4])
if not from then
  return {'recovering'}
end
local sums, cold = cjson.decode(ARGV[6]), {}
for name, key in pairs(of) do
  local whose = string.match(name, '^total:(.*)$')
  if whose and not is_current(key, generation) then
    cold[whose] = true
  end
  if whose then
    redis.call('SREM', KEYS[3], whose)
    redis.call('SADD', KEYS[4], whose)
  end
end
local fresh = {}
for name, key in pairs(of) do
  local is_total = string.sub(name, 1, 6) == 'total:'
  local whose = is_total and string.sub(name, 7) or string.match(name, '^day:(%a+:%d+):')
  if cold[whose] then
    fresh[name] = key
    redis.call('DEL', key)
    local sum = sums[name]
    if sum then
      redis.call('HSET', key, unpack(sum))
    end
    if is_total then
      redis.call('HSET', key, 'generation', generation, 'since', ARGV[5])
    elseif sum then
      redis.call('HSET', key, 'generation', generation)
      redis.call('EXPIRE', key, 7776000)
    end
  end
end
local function nobody() end
for _, entry in ipairs(redis.call('XRANGE', KEYS[2], '(' .. from, '+')) do
  local value = fields_of(entry)
  count(fresh, generation, value.counts, '', nobody)
  if value.uncounts ~= '' then
    count(fresh, generation, value.uncounts, '-', nobody)
  end
end
return {'yes'}
