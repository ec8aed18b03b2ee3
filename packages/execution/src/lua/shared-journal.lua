-- Appends an event of this tenant, at this time unless another is given; the text holds its other JSON members.
local function journal(members, at)
  redis.call('XADD', journal_key, '*', 'e', string.format('{"at":%d,"tenantId":"%s",', at or now, tenant_id) .. members .. '}')
end
