-- What was read before an amendment stays readable.
-- expect: completed "list 2"
before("e", function(event)
  event.note = { "list", { 2 } }
  local held = event.note
  event.note = nil
  log(held[1], held[2][1])
end)
