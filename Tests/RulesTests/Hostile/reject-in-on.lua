-- A verdict where nothing is to be decided.
-- expect: failed runtime "in a before handler only"
on("e", function(event)
  reject("no")
end)
