-- Forgets entries that SQL has committed once they are two minutes old, and the marks of their calls ten minutes later.
-- KEYS: shard events, then the marks of the entries' calls. ARGV: generation, told time, the entries in their order.
local function field_of(reply, name)
  for i = 1, #reply, 2 do
    if reply[i] == name then
      return reply[i + 1]
    end
  end
end

if not is_current(KEYS[1], ARGV[1]) then
  return {'generation'}
end
local upto, from = ARGV[#ARGV], redis.call('HGET', KEYS[1], 'drained') or '0-0'
if compare(upto, from) <= 0 then
  return {'no'}
end
local first = 3
while compare(ARGV[first], from) <= 0 do
  first = first + 1
end
-- first of all the write that frees memory: see begin_though_full
local at = now('')
local oldest = math.min(at - 120000, tonumber(string.match(upto, '^%d+')))
redis.call('XTRIM', KEYS[2], 'MINID', whole(oldest))
redis.call('HSET', KEYS[1], 'drained', upto, 'drained_at', whole(at))
local waiting = redis.call('HINCRBY', KEYS[1], 'waiting', minus(whole(#ARGV - first + 1)))
-- the group tells others how far SQL is; how much is behind it, servers from 7.0 on are told too
local added = field_of(redis.call('XINFO', 'STREAM', KEYS[2]), 'entries-added')
if added then
  redis.call('XGROUP', 'SETID', KEYS[2], 'sql', upto, 'ENTRIESREAD', whole(added - waiting))
else
  redis.call('XGROUP', 'SETID', KEYS[2], 'sql', upto)
end
for i = 3, #KEYS do
  redis.call('PEXPIRE', KEYS[i], 600000)
end
return {'yes'}
