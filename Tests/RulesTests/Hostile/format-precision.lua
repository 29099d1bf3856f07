-- The longest number that a format can make.
-- expect: completed "409"
on("e", function(event)
  log(#string.format("%.99f", -1.7976931348623157e308) - 1)
end)
