-- The table changes while it is gone through.
-- expect: completed "done"
on("e", function(event)
  local t = {}
  for i = 1, 100 do t["k" .. i] = i end
  for k in pairs(t) do t[k] = nil t[k .. "x"] = 1 end
  log("done")
end)
