-- Deep, and wider at each level.
-- expect: failed instructions or failed memory or failed runtime "overflow"
on("e", function(event)
  local function deep(...) return select("#", deep(1, ...)) end
  deep()
end)
