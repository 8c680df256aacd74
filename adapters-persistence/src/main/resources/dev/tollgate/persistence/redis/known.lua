-- Which of some subjects have counters that can be trusted; the others are taken off the list of those that may.
-- KEYS: shard subjects, then the subjects. ARGV: generation, told time, subjects' names.
if not is_current(KEYS[1], ARGV[1]) then
  return {'generation'}
end
local known = {'known'}
for name, key in pairs(keys_of(ARGV[3], 2)) do
  if is_current(key, ARGV[1]) then
    known[#known + 1] = name
  else
    redis.call('SREM', KEYS[2], name)
  end
end
return known
