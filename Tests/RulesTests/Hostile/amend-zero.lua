-- A name with a zero behind it is another name; the change keeps to what is allowed.
-- expect: failed runtime "cannot be changed" or completed ""
before("e", function(event)
  event["to\0application"] = "x"
end)
