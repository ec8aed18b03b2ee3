-- The dial that ended: its lease is released, its agent judged once (points nil: nothing is said of it).
local function end_dial(call, call_id, agent, target, step, points)
  local row = load_row(agent)
  release(row, agent, target, call_id, step)
  if points and not (call.j and call.j[step]) then
    judge(agent, row, points)
    call.j = call.j or {}
    call.j[step] = 1
  end
  save_row(agent, row)
  if call.l and call.l[3] == step then call.l[4] = 0 end
end
