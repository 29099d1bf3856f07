-- A script is no library, not even for itself.
-- expect: failed runtime
require("rule")
