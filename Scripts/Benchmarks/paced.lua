-- One GET, again and again, PAUSE milliseconds after each answer.
package.path = os.getenv("BENCHMARKS") .. "/?.lua;" .. package.path
done = require("figures").done

wrk.headers["Authorization"] = "Bearer " .. os.getenv("TOKEN")

function delay()
    return tonumber(os.getenv("PAUSE"))
end
