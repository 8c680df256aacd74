-- A subject's fields, if they can be trusted, and the time. KEYS: shard, subject. ARGV: generation, told time.
if not is_current(KEYS[1], ARGV[1]) then
  return {'generation'}
end
if not is_current(KEYS[2], ARGV[1]) then
  return {'cold'}
end
return {'spent', redis.call('HGETALL', KEYS[2]), whole(now(ARGV[2]))}
