-- A question with too many arguments.
-- expect: failed runtime "too many arguments"
on("e", function(event)
  find("job", "1", "2", "3")
end)
