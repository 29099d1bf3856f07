-- Texts that are not UTF-8, and with a zero.
-- expect: completed "done"
on("e", function(event)
  notify { text = "\xff\0\xed\xa0\x80" }
  log("done")
end)
