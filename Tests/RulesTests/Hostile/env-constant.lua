-- A constant environment, over which 5.4 before .4 compiled wrong code (CVE-2022-28805).
-- expect: completed "constant"
on("e", function(event)
  local _ENV <const> = { log = log }
  log("constant")
end)
