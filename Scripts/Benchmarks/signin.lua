-- Sign-ins of the people in CREDENTIALS, a body a line, PAUSE milliseconds on average after each answer: evenly, not all at once.
-- What is refused because too many sign in at once is no error here.
package.path = os.getenv("BENCHMARKS") .. "/?.lua;" .. package.path
local figures = require("figures")

local bodies = {}
for line in io.lines(os.getenv("CREDENTIALS")) do bodies[#bodies + 1] = line end

wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"

function request()
    return wrk.format(nil, nil, nil, bodies[math.random(#bodies)])
end

function delay()
    return math.random(0, 2 * tonumber(os.getenv("PAUSE")))
end

function done(summary, latency)
    summary.errors.status = 0
    figures.done(summary, latency)
end
