-- GETs of PATHS (a file, one a line) in turns, with the tokens of TOKENS: each person makes TURN requests one after the other, as a page does.
package.path = os.getenv("BENCHMARKS") .. "/?.lua;" .. package.path
local figures = require("figures")

local function lines(path)
    local found = {}
    for line in io.lines(path) do found[#found + 1] = line end
    return found
end

local paths, tokens = lines(os.getenv("PATHS")), lines(os.getenv("TOKENS"))
local length, count = tonumber(os.getenv("TURN") or 10), 0

function request()
    local person = math.floor(count / length) % #tokens + 1
    local path = paths[count % #paths + 1]
    count = count + 1
    return wrk.format("GET", path, { Authorization = "Bearer " .. tokens[person] })
end

-- Neighbors who ask for too much are refused, and that is no error here.
function done(summary, latency)
    if os.getenv("MAY_FAIL") then summary.errors.status = 0 end
    figures.done(summary, latency)
end
