-- Comparing long texts is one instruction.
-- expect: killed time
on("e", function(event)
  local a, b = ("x"):rep(1e6), ("x"):rep(999999) .. "y"
  while true do local _ = a < b end
end)
