/// Month names and the words around ranges, without accents, in the supported languages of resumes.
enum DateWords {
    static func month(_ word: String) -> Int? { months[word] }

    private static let names = [
        "jan january januar janner janv janvier januari ene enero janeiro",
        "feb february februar februari fevr fevrier febrero fev fevereiro",
        "mar march maart marz mrz mars marzo marco", "apr april avr avril abr abril", "may mai mei mayo maio",
        "jun june juni juin junio junho",
        "jul july juli juil juillet julio julho", "aug august augustus aout ago agosto",
        "sep sept september septembre septiembre set setembro",
        "oct october okt oktober octobre octubre out outubro", "nov november novembre noviembre novembro",
        "dec december dez dezember decembre dic diciembre dezembro",
    ]

    private static let months: [String: Int] = {
        // A season begins in its usual first month.
        var months = ["spring": 3, "summer": 6, "fall": 9, "autumn": 9, "winter": 12]
        for (index, line) in names.enumerated() {
            for name in line.split(separator: " ") { months[String(name)] = index + 1 }
        }
        return months
    }()

    static let ongoing: Set<String> = [
        "present", "current", "currently", "now", "today", "ongoing", "date", "heute", "aktuell", "jetzt", "presente", "actualidad",
        "actual",
        "actualmente", "atual", "atualmente", "aujourd", "actuel", "obecnie", "teraz", "heden", "nu", "oggi", "attuale",
    ]
    static let since: Set<String> = ["since", "from", "seit", "desde", "depuis", "od", "sinds", "dal"]
    static let until: Set<String> = ["to", "until", "till", "through", "thru", "bis", "a", "al", "hasta", "ate", "au", "do", "tot"]
    static let dashes: Set<Character> = ["-", "–", "—", "−", "‑", "~", "→"]
}
