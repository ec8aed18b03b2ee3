-- Which call a SIP Call-ID leads to, kept for as long as the call can be remembered (4 h, an hour, a minute): a hash for every five
-- minutes in which ids came, since a key for each id would cost a command and an expiry of its own at every call.
-- @define sip_stretch_minutes 5
-- @define sip_kept_stretches 61
-- @define sip_ttl_seconds '18600'

-- found: ids and calls, in turn.
local function keep_sip_ids(found)
  local key = sip_key .. string.format('%d', math.floor(now_minute / sip_stretch_minutes))
  redis.call('HSET', key, unpack(found))
  if redis.call('TTL', key) < 0 then redis.call('EXPIRE', key, sip_ttl_seconds) end
end
