-- Bytes that are none.
-- expect: failed runtime "out of range"
on("e", function(event)
  string.char(256)
end)
