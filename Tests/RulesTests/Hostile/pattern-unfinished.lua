-- A capture that is read before it is closed.
-- expect: failed runtime "invalid capture"
on("e", function(event)
  ("xx"):find("(x%1")
end)
