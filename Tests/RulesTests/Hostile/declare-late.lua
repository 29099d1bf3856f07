-- A handler declared inside a handler.
-- expect: failed runtime "at the top level only"
on("e", function(event)
  on("e", print)
end)
