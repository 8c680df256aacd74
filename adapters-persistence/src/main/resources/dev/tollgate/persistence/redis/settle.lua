-- Applies a call's absolute result once and puts it on its way to SQL.
-- KEYS: shard open lease ticket progress mark events cold, then the subjects and the totals it counts in.
-- ARGV: generation, told time, id, their names, windows, cost, 'orphan', 'swept' (an orphan, unless its lease was
-- renewed) or 'final', tokens, settlement, counts.
local generation, id, of = ARGV[1], ARGV[3], keys_of(ARGV[4], 8)
local is_orphan = ARGV[7] ~= 'final'
if not is_current(KEYS[1], generation) then
  return {'generation'}
end
local mark = redis.call('GET', KEYS[6])
local counted, counts = string.match(mark or '', '^orphan:(%d+):(.*)$')
if mark == 'settled' or (counted and is_orphan) then
  return {'no'}
end
local text = redis.call('HGET', KEYS[2], id)
local hold = text and cjson.decode(text)
if hold and ARGV[7] == 'swept' and tonumber(redis.call('ZSCORE', KEYS[3], id) or '0') > now(ARGV[2]) then
  return {'renewed'}
end
if hold and not covers(of, hold) then
  return {'subjects', text}
end
if counts then
  local names = string.match(counts, '^[^|]*')
  for name in string.gmatch(names, '[^,]+') do
    if not of['total:' .. name] then
      return {'counted', counts}
    end
  end
end
redis.call('SET', KEYS[6], is_orphan and 'orphan:' .. ARGV[6] .. ':' .. ARGV[10] or 'settled')
if hold then
  redis.call('HDEL', KEYS[2], id)
  redis.call('ZREM', KEYS[3], id)
  redis.call('HDEL', KEYS[4], id)
  redis.call('HDEL', KEYS[5], id)
  free(of, hold, tonumber(ARGV[8]))
end
local requests = counted and '0' or '1'
local cost = whole(tonumber(ARGV[6]) - tonumber(counted or '0'))
each_window(ARGV[5], function(subject, window)
  -- one that is not seeded is left alone: its seed will contain the stream
  if is_current(of[subject], generation) then
    redis.call('HINCRBY', of[subject], 'requests:' .. window, requests)
    redis.call('HINCRBY', of[subject], 'used:' .. window, cost)
  end
end)
local function is_cold(name)
  redis.call('SADD', KEYS[8], name)
end
count(of, generation, ARGV[10], '', is_cold)
if counts then
  count(of, generation, counts, '-', is_cold)
end
redis.call('XADD', KEYS[7], '*', 'id', id, 'requests', requests, 'cost', cost, 'windows', ARGV[5],
  'settlement', ARGV[9], 'counts', ARGV[10], 'uncounts', counts or '')
redis.call('HINCRBY', KEYS[1], 'waiting', '1')
return {'yes'}
