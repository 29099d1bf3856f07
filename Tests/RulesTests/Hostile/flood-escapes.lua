-- Bytes that become longer on their way.
-- expect: failed output or completed ""
on("e", function(event)
  notify { text = ("\0\xff"):rep(9000) }
end)
