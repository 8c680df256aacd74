-- What the scripts share; it is put before each of them. Money comes and goes as text: HINCRBY refuses 1e+17.

local function now(told)
  if told ~= '' then
    return tonumber(told)
  end
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

-- What a counter is changed by when an amount is taken back; '-0' is no number to Redis.
local function minus(amount)
  return amount == '0' and '0' or '-' .. amount
end

-- A Redis whose memory is full refuses a script's first write if that could take memory, and lets one finish that has
-- written. What frees memory in the end, or keeps what is running, begins with a write that takes and changes nothing.
local function begin_though_full(hash)
  redis.call('HDEL', hash, '')
end

local function whole(number)
  return string.format('%.0f', number)
end

local function number(key, field)
  return tonumber(redis.call('HGET', key, field) or '0')
end

-- Ends the leases of an account's slots that ran out, and what they hold of its budget.
local function end_slots(slots, held, time)
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', slots, '-inf', whole(time))) do
    redis.call('HDEL', held, id)
  end
  redis.call('ZREMRANGEBYSCORE', slots, '-inf', whole(time))
end

-- Each subject's key by its name; names are told in the order of the keys after the fixed ones.
local function keys_of(names, fixed)
  local of, i = {}, fixed
  for name in string.gmatch(names, '[^,]+') do
    i = i + 1
    of[name] = KEYS[i]
  end
  return of
end

-- Calls each(subject, window) for 'package:15=day:17,total:0;user:7=total:0'.
local function each_window(windows, each)
  for subject, keys in string.gmatch(windows, '([^;=]+)=([^;]*)') do
    for window in string.gmatch(keys, '[^,]+') do
      each(subject, window)
    end
  end
end

local function subjects_of(windows)
  local names = {}
  for subject in string.gmatch(windows, '([^;=]+)=') do
    names[#names + 1] = subject
  end
  return names
end

-- Whether every subject a hold names came with its key.
local function covers(of, hold)
  for _, subject in ipairs(subjects_of(hold.windows)) do
    if not of[subject] then
      return false
    end
  end
  for _, rate in ipairs(hold.rates) do
    if not of[rate.subject] then
      return false
    end
  end
  return true
end

-- Adds to what is held in each of a hold's windows, and to the calls that hold it; of the subjects that came with a key.
local function hold_windows(of, hold, amount, calls)
  each_window(hold.windows, function(subject, window)
    if of[subject] then
      redis.call('HINCRBY', of[subject], 'held:' .. window, amount)
      redis.call('HINCRBY', of[subject], 'calls:' .. window, calls)
    end
  end)
end

-- A counter nobody holds anything of is forgotten after an hour and seeded again when it is needed.
local function rest(of, hold)
  for _, subject in ipairs(subjects_of(hold.windows)) do
    if redis.call('HINCRBY', of[subject], 'open', '-1') <= 0 then
      redis.call('EXPIRE', of[subject], 3600)
    end
  end
end

local function stay(of, hold)
  for _, subject in ipairs(subjects_of(hold.windows)) do
    if of[subject] then
      redis.call('HINCRBY', of[subject], 'open', '1')
      redis.call('PERSIST', of[subject])
    end
  end
end

-- Gives back everything a call holds and sets right what its tokens were reckoned at, if their minute still runs.
local function free(of, hold, tokens)
  hold_windows(of, hold, minus(hold.amount), '-1')
  for _, rate in ipairs(hold.rates) do
    local key = of[rate.subject]
    redis.call('HINCRBY', key, 'running', '-1')
    if number(key, 'minute') == rate.minute then
      redis.call('HSET', key, 'tokens', whole(math.max(0, number(key, 'tokens') - rate.tokens + tokens)))
    end
  end
  rest(of, hold)
end

-- Of the limit known, if any, and the one given the newer; each is 'version:amount' or 'version:none'.
local function newer(known, given)
  if known and tonumber(string.match(known, '^%d+')) > tonumber(string.match(given, '^%d+')) then
    return known
  end
  return given
end

-- The limit that stands for a kind of window.
local function newest(key, kind, given)
  return newer(redis.call('HGET', key, 'limit:' .. kind), given)
end

local function is_none(limit)
  return string.sub(limit, -5) == ':none'
end

local function amount_of(limit)
  return is_none(limit) and math.huge or tonumber(string.match(limit, ':(-?%d+)$'))
end

local function room(key, window, limit)
  if is_none(limit) then
    return math.huge
  end
  return amount_of(limit) - number(key, 'used:' .. window) - number(key, 'held:' .. window)
end

local function is_current(key, generation)
  return redis.call('HGET', key, 'generation') == generation
end

-- Negative, zero or positive as one stream id comes before, is or comes after another.
local function compare(left, right)
  local a, b = string.match(left, '^(%d+)-(%d+)$')
  local c, d = string.match(right, '^(%d+)-(%d+)$')
  local major = tonumber(a) - tonumber(c)
  if major ~= 0 then
    return major
  end
  return tonumber(b) - tonumber(d)
end

-- Adds numbers, fields and amounts by turns, to a total or a day of it, and keeps when it was last used.
local function add_to_total(key, cost, numbers, used_at, last)
  for i = 1, #numbers, 2 do
    redis.call('HINCRBY', key, numbers[i] == 'cost' and cost or numbers[i], numbers[i + 1])
  end
  if tonumber(last or '0') < used_at then
    redis.call('HSET', key, 'last_used_at', whole(used_at))
  end
end

-- The same for a day. One that is not there yet begins at nothing, if the total knows its days since then or before.
local function add_to_day(key, generation, is_known, cost, numbers, used_at)
  local known = redis.call('HMGET', key, 'generation', 'last_used_at')
  if not known[1] and is_known then
    redis.call('HSET', key, 'generation', generation)
    redis.call('EXPIRE', key, 7776000)
    known[1] = generation
  end
  if known[1] == generation then
    add_to_total(key, cost, numbers, used_at, known[2])
  end
end

-- Adds 'user:7,key:9|2026-11-21|requests=1,cost=60|1763726400000' to the totals it names, or takes it back with '-'.
-- Those that cannot be trusted are left alone: their seed will contain the stream. cold(name) is told of each.
local function count(of, generation, text, sign, cold)
  local names, day, counts, at = string.match(text, '^([^|]*)|([^|]*)|([^|]*)|(%d+)$')
  local numbers, used_at = {}, tonumber(at)
  for field, amount in string.gmatch(counts, '([%a_]+)=(%d+)') do
    numbers[#numbers + 1] = field
    numbers[#numbers + 1] = sign .. amount
  end
  for name in string.gmatch(names, '[^,]+') do
    local total, daily = of['total:' .. name], of['day:' .. name .. ':' .. day]
    local known = total and redis.call('HMGET', total, 'generation', 'since', 'last_used_at')
    if known and known[1] == generation then
      local field = string.sub(name, 1, 8) == 'account:' and 'total_cost' or 'cost'
      add_to_total(total, field, numbers, used_at, known[3])
      if daily then
        add_to_day(daily, generation, day >= known[2], field, numbers, used_at)
      end
    else
      cold(name)
    end
  end
end

-- How long after a batch was forgotten sums that lack it are taken for read before it was recorded.
local SUMS_AGE_MAX = 150000

-- Where a seed's entries begin: behind what SQL has of this life. Nil while entries of an earlier life wait, and where the
-- sums are older than what is forgotten since, as of a node that was frozen with them in hand: it is to read them again.
local function unsummed(shard, in_sql)
  local from = redis.call('HGET', shard, 'drained') or '0-0'
  if compare(in_sql, from) >= 0 then
    from = in_sql
  elseif in_sql ~= '0-0' and now('') < number(shard, 'drained_at') + SUMS_AGE_MAX then
    return nil
  end
  if compare(from, redis.call('HGET', shard, 'recovered') or '0-0') < 0 then
    return nil
  end
  return from
end

local function fields_of(entry)
  local value = {}
  for i = 1, #entry[2], 2 do
    value[entry[2][i]] = entry[2][i + 1]
  end
  return value
end
