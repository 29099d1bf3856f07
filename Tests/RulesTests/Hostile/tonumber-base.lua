-- Bases and digits at their edges.
-- expect: completed "nil nil -1 false"
on("e", function(event)
  log(tonumber("z", 35), tonumber("", 10), tonumber("-1", 36), (pcall(tonumber, "1", 1e9)))
end)
