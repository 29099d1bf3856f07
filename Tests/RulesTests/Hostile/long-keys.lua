-- Each key is a long text that must be hashed.
-- expect: failed instructions
on("e", function(event)
  for i = 1, 1e9 do
    local t = { [("x"):rep(1e5) .. i] = 1 }
  end
end)
