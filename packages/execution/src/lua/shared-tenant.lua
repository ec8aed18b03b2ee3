-- What the newest plan says of the tenant as a whole, packed in its hash: version, cap, three window lengths.
-- @define tenant_format '<dI4BBB'

-- Answers the cap (nil none) and the window lengths; a newer plan's take the place of the stored ones.
local function tenant_settings(raw, version, cap_text, hours_text)
  local stored, cap, h1, h2, h3
  if raw then stored, cap, h1, h2, h3 = struct.unpack(tenant_format, raw) end
  if not stored or version > stored then
    local text1, text2, text3 = string.match(hours_text, '^(%d*),?(%d*),?(%d*)$')
    cap, h1, h2, h3 = tonumber(cap_text) or no_cap, tonumber(text1) or 0, tonumber(text2) or 0, tonumber(text3) or 0
    redis.call('HSET', agents_key, 'plan', struct.pack(tenant_format, version, cap, h1, h2, h3))
  end
  return cap, {h1, h2, h3}
end

-- The sweep looks only at tenants that are listed; the flag in the tenant's own hash spares the listing at every call.
local function list_tenant()
  if redis.call('HSETNX', agents_key, 'listed', '1') == 1 then redis.call('SADD', tenants_key, tenant_id) end
end
