-- A message of arbitrary bytes.
-- expect: failed runtime "�"
on("e", function(event)
  error("\xff\xfe\0\xc3", 0)
end)
