import ResumeParsing

/// Whether the candidate lives where the work is. Remote work requires nothing, and an unknown place is neither good nor bad.
enum LocationMatch {
    static func verdict(_ home: String?, _ job: JobRequirements) -> Verdict? {
        if job.isRemote { return Verdict(100, matched: ["Remote"], "The work is remote.") }
        guard let office = job.location, !office.allSatisfy(\.isWhitespace) else { return nil }
        guard let home else { return Verdict(50, missing: [office], "The profile does not say where the candidate lives.") }
        let (here, there) = (Place.whole(home), Place.whole(office))
        if isSame(home, office) || here?.city.map({ $0 == there?.city && agree(here?.country, there?.country) }) == true {
            return Verdict(100, matched: [home], "Lives in \(home), where the work is.")
        }
        if let country = here?.country, country == there?.country {
            return Verdict(50, matched: [home], missing: [office], "Lives in \(home), in the country of the work but not in \(office).")
        }
        return Verdict(0, missing: [office], "Lives in \(home); the work is in \(office).")
    }

    private static func isSame(_ home: String, _ office: String) -> Bool { home.lowercased() == office.lowercased() }

    private static func agree(_ here: String?, _ there: String?) -> Bool { here == nil || there == nil || here == there }
}
