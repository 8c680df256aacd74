-- Checks every limit of a call and takes everything, or nothing; of a call that is only weighed, nothing.
-- KEYS: shard open lease mark, then the subjects. ARGV: generation, told time, id, subjects' names, the call as JSON.
local generation, id, of = ARGV[1], ARGV[3], keys_of(ARGV[4], 4)
if not is_current(KEYS[1], generation) then
  return {'generation'}
end
local earlier = redis.call('HGET', KEYS[2], id)
if earlier then
  local hold = cjson.decode(earlier)
  return {'held', whole(hold.payer), hold.amount}
end
local mark = redis.call('GET', KEYS[4])
if mark then
  return string.sub(mark, 1, 1) == '[' and cjson.decode(mark) or {'gone'}
end
for _, key in pairs(of) do
  if not is_current(key, generation) then
    return {'cold'}
  end
end
local call = cjson.decode(ARGV[5])
if number(KEYS[1], 'waiting') >= call.waitingMax then
  return {'full'}
end
local time = now(ARGV[2])
local minute = math.floor(time / 60000)

local function in_minute(key, field)
  return number(key, 'minute') >= minute and number(key, field) or 0
end

local function reckoned(rate)
  return rate.tpm > 0 and math.min(call.tokens, rate.tpm) or call.tokens
end

local function over_rate(rate)
  local key = of[rate.subject]
  local running, requests, tokens = number(key, 'running'), in_minute(key, 'requests'), in_minute(key, 'tokens')
  if rate.concurrency > 0 and running >= rate.concurrency then
    return {'concurrency', whole(running), '0'}
  elseif rate.rpm > 0 and requests >= rate.rpm then
    return {'rpm', whole(requests), '0'}
  elseif rate.tpm > 0 and tokens + reckoned(rate) > rate.tpm then
    return {'tpm', whole(tokens), '0'}
  end
  local done, open = number(key, 'requests:' .. rate.day), number(key, 'calls:' .. rate.day)
  if rate.daily > 0 and done + open >= rate.daily then
    return {'daily', whole(done), whole(open)}
  end
  return nil
end

local function refuse(answer)
  if not call.weighed then
    redis.call('SET', KEYS[4], cjson.encode(answer), 'PX', 5000)
  end
  return answer
end

for i, rate in ipairs(call.rates) do
  local over = over_rate(rate)
  if over then
    return refuse({'rate', whole(i - 1), over[1], over[2], over[3], whole(minute)})
  end
end

-- The least room of some limits, and the place of the limit that leaves it.
local function tightest(limits)
  local least, place = math.huge, 1
  for i, limit in ipairs(limits) do
    local key = of[limit.subject]
    local left = room(key, limit.window, newest(key, limit.kind, limit.limit))
    if left < least then
      least, place = left, i
    end
  end
  return least, place
end

local own, own_place = tightest(call.limits)
-- A lenient payer that does not carry the most may be overdrawn once: anything left of it will do.
local function fitting(bound)
  for i, payer in ipairs(call.payers) do
    local left, most = tightest(payer.limits), tonumber(payer.most)
    if bound == 'least' and payer.lenient and left >= math.min(1, most) then
      left = most
    end
    left = math.min(own, left)
    if left >= tonumber(payer[bound]) then
      return i, left
    end
  end
  return nil
end

local chosen, left = fitting('most')
local amount = chosen and call.payers[chosen].most
if not chosen then
  chosen, left = fitting('least')
  amount = chosen and whole(left)
end

local function learn(limits)
  for _, limit in ipairs(limits) do
    local key, field = of[limit.subject], 'limit:' .. limit.kind
    local known = redis.call('HGET', key, field)
    local stands = newer(known, limit.limit)
    if stands ~= known and (known or not is_none(stands)) then
      redis.call('HSET', key, field, stands)
    end
  end
end

if not chosen then
  local first = call.payers[1]
  local is_own = own < tonumber(first.least)
  local _, first_place = tightest(first.limits)
  local limits, place = is_own and call.limits or first.limits, is_own and own_place or first_place
  local limit = limits[place]
  local key = of[limit.subject]
  local stands = newest(key, limit.kind, limit.limit)
  return refuse({
    'cost', is_own and '-1' or '0', whole(place - 1), whole(amount_of(stands)),
    whole(number(key, 'used:' .. limit.window)), whole(number(key, 'held:' .. limit.window))})
end

if call.weighed then
  return {'held', whole(chosen - 1), amount}
end
local payer = call.payers[chosen]
local hold = {windows = call.windows .. payer.windows, amount = amount, payer = chosen - 1, rates = {}}
for i, rate in ipairs(call.rates) do
  hold.rates[i] = {subject = rate.subject, minute = minute, tokens = reckoned(rate)}
end
redis.call('HSET', KEYS[2], id, cjson.encode(hold))
redis.call('ZADD', KEYS[3], whole(time + call.lease), id)
hold_windows(of, hold, hold.amount, '1')
stay(of, hold)
learn(call.limits)
for _, asked in ipairs(call.payers) do
  learn(asked.limits)
end
for _, rate in ipairs(hold.rates) do
  local key = of[rate.subject]
  local requests, tokens = in_minute(key, 'requests') + 1, in_minute(key, 'tokens') + rate.tokens
  redis.call('HSET', key, 'minute', whole(minute), 'requests', whole(requests), 'tokens', whole(tokens))
  redis.call('HINCRBY', key, 'running', '1')
end
return {'held', whole(chosen - 1), amount}
