/** Where a rule can begin. Each runs as it stands. */
export const starters = [
  {
    title: "Empty",
    source: 'on("application.submitted", function(event)\n  log("submitted:", event.application.candidate.name)\nend)\n',
  },
  {
    title: "Fast lane for strong matches",
    source: `-- Strong matches go straight to screening, and the recruiters hear of it.
local THRESHOLD = 85

on("application.submitted", function(event)
  local app = event.application
  if app.atsScore and app.atsScore >= THRESHOLD then
    app:move("screening", { reason = "ATS score of " .. app.atsScore })
    app:tag("fast-lane")
    notify { role = "recruiter", text = app.candidate.name .. " was fast-tracked for " .. app.job.title .. "." }
  end
end)
`,
  },
  {
    title: "Two scorecards before hiring",
    source: `-- Nobody is hired on one opinion.
before("application.status_changing", function(event)
  if event.to == "hired" and #event.application.scorecards < 2 then
    return reject("Two scorecards are required before hiring.", "SCORECARDS_MISSING")
  end
end)
`,
  },
  {
    title: "A knock-out question",
    source: `-- An answer that rules an applicant out is noted, and the application is closed with the reason.
local QUESTION, NEEDED = "work-permit", "yes"

on("application.submitted", function(event)
  local answer = event.application.answers[QUESTION]
  if answer and answer ~= NEEDED then
    event.application:note("Answered \\"" .. answer .. "\\" to " .. QUESTION .. ".")
    event.application:move("rejected", { reason = "Does not meet a requirement of the job." })
  end
end)
`,
  },
  {
    title: "Every rejection has a reason",
    source: `before("application.status_changing", function(event)
  if event.to == "rejected" and not event.reason then
    return reject("Say why before you reject somebody.", "REASON_MISSING")
  end
end)
`,
  },
];
