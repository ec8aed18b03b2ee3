-- The partition is whole again: from here on claims are answered.
-- KEYS 1 the partition's prefix, 2 the same. ARGV 1 test clock · 2 empty · 3 job · 4 fencing token. Returns 0 stale fence · 1 done.
-- @include shared-clock
-- @include shared-fence
if not fence_holds(ARGV[3], tonumber(ARGV[4])) then return 0 end
redis.call('SET', epoch_key, ARGV[4])
return 1
