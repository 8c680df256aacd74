-- Adds to counters what they lack; one that cannot be trusted is left alone: its seed will be right.
-- KEYS: shard, then the subjects. ARGV: generation, told time, subjects' names, then five values a window: subject,
-- window, requests, used, held.
if not is_current(KEYS[1], ARGV[1]) then
  return {'generation'}
end
local of = keys_of(ARGV[3], 1)
for i = 4, #ARGV, 5 do
  local key, window = of[ARGV[i]], ARGV[i + 1]
  if is_current(key, ARGV[1]) then
    for at, field in ipairs({'requests:', 'used:', 'held:'}) do
      local lacking = ARGV[i + 1 + at]
      if lacking ~= '0' then
        redis.call('HINCRBY', key, field .. window, lacking)
      end
    end
  end
end
return {'yes'}
