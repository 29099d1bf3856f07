-- Long texts that are equal but not the same.
-- expect: killed time or failed instructions
on("e", function(event)
  local a, b = ("x"):rep(1e6), "x" .. ("x"):rep(999999)
  while true do local _ = a == b end
end)
