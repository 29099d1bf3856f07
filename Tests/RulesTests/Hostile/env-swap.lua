-- The top level takes its environment away from its handlers.
-- expect: failed runtime "attempt to index a nil value"
local keep = on
_ENV = nil
keep("e", function() x = 1 end)
