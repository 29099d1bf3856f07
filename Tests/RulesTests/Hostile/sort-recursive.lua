-- A comparison that sorts.
-- expect: failed instructions or failed runtime "overflow"
on("e", function(event)
  local function compare(a, b)
    table.sort({ 3, 1, 2 }, compare)
    return a < b
  end
  table.sort({ 3, 1, 2 }, compare)
end)
