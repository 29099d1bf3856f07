/// Employments from the lines of that section: each begins with a run of short lines with a date, and the lines after that describe it.
struct ExperienceReader {
    private var entries: [WorkExperience] = []
    private var run: [ResumeLine] = []
    private var descriptions = 0

    init(lines: [ResumeLine]) {
        // Where bullets are drawn and no characters, only the indentation is left of them.
        let margin = lines.filter { DateRange.first(in: $0.text) != nil }.map(\.indentation).min() ?? 0
        for line in lines where !EntryHeader.isDuration(line.text) && !EntryHeader.isTableHead(line) && !Self.isGap(line) {
            if Self.isLabel(line) {
                closeRun()
            } else if Self.isBody(line) || isIndented(line, from: margin) {
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

    /// "2022 – 2024: family break"
    private static func isGap(_ line: ResumeLine) -> Bool {
        guard let range = DateRange.first(in: line.text), range.place.lowerBound == line.text.startIndex else { return false }
        let rest = line.text[range.place.upperBound...]
        return rest.first == ":" && rest.dropFirst().first(where: { !$0.isWhitespace })?.isLowercase == true
    }

    /// "Duties:"
    private static func isLabel(_ line: ResumeLine) -> Bool {
        line.text.hasSuffix(":") && labels.contains(line.text.dropLast().folded)
    }

    private func isIndented(_ line: ResumeLine, from margin: Int) -> Bool {
        guard !line.isBullet, !line.followsGap, line.indentation > margin, line.columns.count == 1 else { return false }
        guard DateRange.employment(in: line.text) == nil else { return false }
        if run.isEmpty { return !entries.isEmpty }
        // The employer may be indented below the title.
        let header = EntryHeader(run)
        return header.dates != nil && header.title != nil && header.employer != nil
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
            let isHeader = header.contains { DateRange.employment(in: $0.text) != nil || abs(JobWords.lean(of: $0.text)) >= 1.5 }
            if isHeader || entries.isEmpty {
                let size = Self.headerSize(of: header)
                entries.append(Self.entry(EntryHeader(Array(header[..<size]))))
                for line in header[size...] { describe(line) }
            } else {
                for line in header { describe(line) }
            }
        }
        run = []
    }

    /// How many of the lines name employer, job and time. Where bullets were lost, what follows describes the work.
    private static func headerSize(of lines: [ResumeLine]) -> Int {
        guard let dated = lines.firstIndex(where: { DateRange.employment(in: $0.text) != nil }), lines.count > dated + 2 else {
            return lines.count
        }
        for size in max(2, dated + 1)..<lines.count {
            let header = EntryHeader(Array(lines[..<size]))
            let rest = lines[size...]
            guard header.title != nil, header.employer != nil, rest.first.map({ JobWords.isLikelyTitle($0.text) }) != true else { continue }
            let isDescription = rest.allSatisfy {
                $0.text.split(separator: " ").count >= 3 && Place.whole($0.text) == nil && $0.columns.count == 1
            }
            return isDescription ? size : lines.count
        }
        return lines.count
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
        let dated = run.indices.filter { DateRange.employment(in: run[$0].text) != nil }
        guard dated.count > 1 else { return run.isEmpty ? [] : [run] }
        let groups = paragraphs(of: run)
        if groups.allSatisfy({ group in group.count { DateRange.employment(in: $0.text) != nil } == 1 }) { return groups }
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
