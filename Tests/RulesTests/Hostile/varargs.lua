-- Hundreds of thousands of arguments, passed on and on.
-- expect: failed instructions or killed time or failed memory
on("e", function(event)
  local function pass(...) return select("#", ...) end
  local function many(...) while true do pass(...) end end
  many(("x"):rep(2e5):byte(1, -1))
end)
