-- An error that is a number, which Lua would make a text.
-- expect: failed runtime "not a text"
on("e", function(event)
  error(42)
end)
