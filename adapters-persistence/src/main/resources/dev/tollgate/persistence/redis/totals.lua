-- Totals that can be trusted: the name, the fields of all time, then every day that is known with its fields.
-- KEYS: shard events, then totals and days. ARGV: generation, told time, their names, 'entries' for those SQL lacks.
local generation, of = ARGV[1], keys_of(ARGV[3], 2)
if not is_current(KEYS[1], generation) then
  return {'generation'}
end
local totals, known, since = {}, {}, {}
for name in string.gmatch(ARGV[3], '[^,]+') do
  local whose, key = string.match(name, '^total:(.*)$'), of[name]
  if whose and is_current(key, generation) then
    known[whose], since[whose] = {whose, redis.call('HGETALL', key)}, redis.call('HGET', key, 'since')
    totals[#totals + 1] = known[whose]
  end
end
for name in string.gmatch(ARGV[3], '[^,]+') do
  local whose, day = string.match(name, '^day:(%a+:%d+):(.*)$')
  local days = whose and known[whose]
  if days then
    local life = redis.call('HGET', of[name], 'generation')
    if life == generation then
      days[#days + 1] = {day, redis.call('HGETALL', of[name])}
    elseif not life and day >= since[whose] then
      days[#days + 1] = {day, {}}
    end
  end
end
local entries = {}
if ARGV[4] == 'entries' then
  for i, entry in ipairs(redis.call('XRANGE', KEYS[2], '(' .. (redis.call('HGET', KEYS[1], 'drained') or '0-0'), '+')) do
    local value = fields_of(entry)
    entries[i] = {entry[1], value.counts, value.uncounts}
  end
end
return {'totals', totals, entries}
