local blocked = { ["mailinator.com"] = true, ["example.invalid"] = true }

local function domain_of(address)
  return address and address:match("@(.+)$") or ""
end

before("application.submitting", function(event)
  local candidate = event.application.candidate
  if candidate.name == "Nobody" then
    return reject("Nobody may not apply.")
  end
  if blocked[domain_of(candidate.email):lower()] then
    return reject("Please use an address that you will keep.")
  end
  for _, answer in ipairs(event.application.answers or {}) do
    if answer.key == "permit" and answer.value == "no" then
      return reject("A work permit is needed.")
    end
  end
end)
