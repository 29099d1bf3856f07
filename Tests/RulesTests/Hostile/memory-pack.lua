-- Packing what was unpacked, more each time.
-- expect: failed memory or failed instructions or failed runtime "too many"
on("e", function(event)
  local t = { 1 }
  while true do t = table.pack(table.unpack(t), table.unpack(t)) t.n = nil t = { t, table.unpack(t) } end
end)
