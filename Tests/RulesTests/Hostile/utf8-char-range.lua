-- A character that is none.
-- expect: failed runtime "out of range"
on("e", function(event)
  utf8.char(-1)
end)
