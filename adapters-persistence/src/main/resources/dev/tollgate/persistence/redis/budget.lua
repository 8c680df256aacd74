-- Sets right what an account cost upstream on a day; where SQL may lack some of it, only upwards.
-- KEYS: spent that day. ARGV: what SQL has, 'lower' or 'raise', how long it is kept in seconds.
local known = tonumber(redis.call('GET', KEYS[1]) or '0')
if ARGV[2] == 'lower' or known < tonumber(ARGV[1]) then
  redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[3])
end
return {'yes'}
