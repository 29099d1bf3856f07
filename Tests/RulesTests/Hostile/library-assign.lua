-- A function of the library is to be replaced.
-- expect: failed runtime "cannot be changed"
on("e", function(event)
  string.rep = nil
end)
