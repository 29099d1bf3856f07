-- Each candidate of TOKENS applies to each job of JOBS, each once; the threads share the jobs out. A thread that has no more ends.
package.path = os.getenv("BENCHMARKS") .. "/?.lua;" .. package.path
done = require("figures").done

local threads = 0
function setup(thread)
    thread:set("number", threads)
    threads = threads + 1
end

local function lines(path)
    local found = {}
    for line in io.lines(path) do found[#found + 1] = line end
    return found
end

function init()
    tokens = lines(os.getenv("TOKENS"))
    jobs = lines(os.getenv("JOBS"))
    total = tonumber(os.getenv("THREADS"))
    turn = 0
end

-- Milliseconds before each request, to keep a rate.
function delay()
    return tonumber(os.getenv("PAUSE") or 0)
end

function request()
    local candidate = turn % #tokens + 1
    local job = math.floor(turn / #tokens) * total + number + 1
    turn = turn + 1
    if job > #jobs then
        wrk.thread:stop()
        job = #jobs
    end
    local headers = { Authorization = "Bearer " .. tokens[candidate], ["Content-Type"] = "application/json" }
    return wrk.format("POST", "/api/v1/jobs/" .. jobs[job] .. "/apply", headers, "{}")
end
