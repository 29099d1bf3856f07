-- Answers are the run's memory too.
-- expect: failed memory or failed reads
on("e", function(event)
  local kept = {}
  for i = 1, 1000 do kept[i] = store.list("large") end
end)
