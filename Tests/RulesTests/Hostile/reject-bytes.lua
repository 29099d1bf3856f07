-- A reason of arbitrary bytes.
-- expect: rejected
before("e", function(event)
  reject("\xff\xfe\xed\xa0\x80")
end)
