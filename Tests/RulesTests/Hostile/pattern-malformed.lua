-- Patterns that end in the middle of things.
-- expect: completed "false false false false false false"
on("e", function(event)
  local function fails(p) return (pcall(string.find, "x", p)) end
  log(fails("["), fails("[%"), fails("[^]"), fails("x%"), fails("%b"), fails("%f"))
end)
