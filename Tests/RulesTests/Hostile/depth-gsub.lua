-- A gsub in the replacement of a gsub.
-- expect: failed runtime "overflow"
on("e", function(event)
  local function f() return (("x"):gsub("x", f)) end
  f()
end)
