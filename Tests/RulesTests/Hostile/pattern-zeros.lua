-- Zeros in subject, pattern and set.
-- expect: completed "2 1 a�b"
on("e", function(event)
  log(("a\0b"):find("%z"), ("a\0b"):find("[\0a-z]+"), (("a\0b"):gsub("x", "")))
end)
