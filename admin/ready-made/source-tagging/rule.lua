-- Sources come in many spellings: "LinkedIn", "linkedin-jobs", "via linkedin.com". This rule reduces them to a few tags.

local SOURCES = {           -- a tag, and words; one of them must be in the source
  { tag = "from-linkedin", words = { "linkedin" } },
  { tag = "from-job-board", words = { "indeed", "stepstone", "monster", "glassdoor" } },
  { tag = "from-referral", words = { "referral", "referred", "colleague" } },
  { tag = "from-website", words = { "careers", "website", "homepage" } },
}
local OTHERWISE = "from-elsewhere" -- the tag for all others

local function tagFor(source)
  for _, entry in ipairs(SOURCES) do
    for _, word in ipairs(entry.words) do
      if string.find(source, word, 1, true) then return entry.tag end
    end
  end
  return OTHERWISE
end

on("application.submitted", function(event)
  local app = event.application
  if not app.source then return end
  app:tag(tagFor(string.lower(app.source)))
end)
