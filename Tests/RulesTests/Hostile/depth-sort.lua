-- A sort in the comparison of a sort.
-- expect: failed runtime "overflow"
on("e", function(event)
  local function f() table.sort({ 2, 1 }, f) return true end
  f()
end)
