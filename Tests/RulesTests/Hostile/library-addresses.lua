-- No value tells its address.
-- expect: completed "table function table function"
on("e", function(event)
  log(tostring({}), tostring(print), tostring(event), string.format("%s", print))
end)
