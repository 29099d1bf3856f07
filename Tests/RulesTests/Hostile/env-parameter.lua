-- A parameter named _ENV.
-- expect: completed "inside"
on("e", function(event)
  local function f(_ENV) say("inside") end
  f({ say = log })
end)
