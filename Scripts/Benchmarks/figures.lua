-- What every load script reports, in a form that a program reads.
local figures = {}

function figures.done(summary, latency)
    local errors = summary.errors
    local refused = errors.connect + errors.read + errors.write + errors.timeout + errors.status
    io.write(string.format("figure rate %.1f\n", summary.requests / (summary.duration / 1e6)))
    io.write(string.format("figure p99 %.3f\n", latency:percentile(99) / 1000))
    io.write(string.format("figure refused %d\n", refused))
end

return figures
