/// Employments from the lines of that section: each begins with a run of short lines with a date, and the lines after that describe it.
struct ExperienceReader {
    private var entries: [WorkExperience] = []
    private var run: [ResumeLine] = []
    private var descriptions = 0

    init(lines: [ResumeLine]) {
        for line in lines where !EntryHeader.isDuration(line.text) && !EntryHeader.isTableHead(line) {
            if Self.isBody(line) {
                closeRun()
                describe(line)
            } else {
                run.append(line)
            }
        }
        closeRun()
    }

    func experience() -> [WorkExperience] {
        var result: [WorkExperience] = []
        var parent: WorkExperience?
        var hasRoles = false
        func closeParent() {
            if let parent, !hasRoles { result.append(parent) }
            parent = nil
        }
        for var entry in entries {
            // An employer above several roles, each with its own dates.
            if entry.title == nil, entry.bullets.isEmpty, entry.employer != nil {
                closeParent()
                parent = entry
                hasRoles = false
                continue
            }
            if entry.employer == nil, let above = parent ?? result.last {
                entry.employer = above.employer
                entry.location = entry.location ?? above.location
                hasRoles = true
            } else {
                closeParent()
            }
            result.append(entry)
        }
        closeParent()
        return Array(result.prefix(ParsingLimits.employments))
    }

    /// Bullets and prose. Without bullets, which DOC loses, a sentence is recognized by its length, its end or its first letter.
    private static func isBody(_ line: ResumeLine) -> Bool {
        if line.isBullet { return DateRange.first(in: line.text) == nil || line.text.count > 70 }
        let words = line.text.split { $0.isWhitespace }
        if let label = line.text.split(separator: ":").first, label.count < line.text.count, labels.contains(label.folded) { return true }
        if DateRange.first(in: line.text) != nil { return words.count > 22 }
        if line.text.first?.isLowercase == true || words.count > 14 { return true }
        // A company's name may end in a full stop too, but is short.
        return line.text.hasSuffix(".") && (words.count > 6 || words.count > 2 && JobWords.lean(of: line.text) > -1.5)
    }

    private static let labels: Set<String> = [
        "technologies", "tools", "tech stack", "stack", "environment", "key achievements", "achievements", "responsibilities", "skills",
        "skills used", "key responsibilities", "duties", "technologies used", "description", "projects", "selected projects", "tasks",
    ]

    private mutating func describe(_ line: ResumeLine) {
        descriptions += line.text.utf8.count
        guard !entries.isEmpty, descriptions <= ParsingLimits.descriptions else { return }
        entries[entries.count - 1].bullets.append(line.text)
    }

    private mutating func closeRun() {
        for header in Self.headers(in: run) {
            // Short lines without a date, job or company continue the description.
            let isHeader = header.contains { DateRange.first(in: $0.text) != nil || abs(JobWords.lean(of: $0.text)) >= 1.5 }
            if isHeader || entries.isEmpty {
                entries.append(Self.entry(EntryHeader(header)))
            } else {
                for line in header { describe(line) }
            }
        }
        run = []
    }

    private static func entry(_ header: EntryHeader) -> WorkExperience {
        var entry = WorkExperience()
        entry.title = header.title?.cut(to: ParsingLimits.field)
        entry.employer = header.employer?.cut(to: ParsingLimits.field)
        entry.location = header.location?.cut(to: ParsingLimits.field)
        entry.startDate = header.dates?.start
        entry.endDate = header.dates?.end
        entry.isCurrent = header.dates?.isCurrent ?? false
        let known = [header.title != nil, header.employer != nil, header.dates != nil].count { $0 }
        entry.confidence = ((0.25 * Double(known) + 0.25 * header.clarity) * 100).rounded() / 100
        return entry
    }

    /// Splits a run of header lines so that each part has one date.
    private static func headers(in run: [ResumeLine]) -> [[ResumeLine]] {
        let dated = run.indices.filter { DateRange.first(in: run[$0].text) != nil }
        guard dated.count > 1 else { return run.isEmpty ? [] : [run] }
        let groups = paragraphs(of: run)
        if groups.allSatisfy({ group in group.count { DateRange.first(in: $0.text) != nil } == 1 }) { return groups }
        let size = run.count / dated.count
        if run.count % dated.count == 0, dated.enumerated().allSatisfy({ $1 / size == $0 }) {
            return stride(from: 0, to: run.count, by: size).map { Array(run[$0..<$0 + size]) }
        }
        // Dates first, or dates last with perhaps a place below them.
        let starts = dated[0] == 0 ? dated : [0] + dated.dropLast().map { start(after: $0, in: run) }
        return zip(starts, starts.dropFirst() + [run.count]).map { Array(run[$0..<$1]) }
    }

    /// The line after a date, or after the place below it.
    private static func start(after date: Int, in run: [ResumeLine]) -> Int {
        let below = date + 1..<min(date + 1 + ParsingLimits.placesBelowDate, run.count)
        return below.first { Place.whole(run[$0].text) == nil } ?? date + 1
    }

    private static func paragraphs(of run: [ResumeLine]) -> [[ResumeLine]] {
        var groups: [[ResumeLine]] = []
        for line in run {
            if groups.isEmpty || line.followsGap { groups.append([line]) } else { groups[groups.count - 1].append(line) }
        }
        return groups
    }
}
