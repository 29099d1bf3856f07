-- A width beyond all reason.
-- expect: failed runtime "invalid conversion"
on("e", function(event)
  string.format("%99999d", 1)
end)
