/// Month names and the words around spans, folded, in English, German, French, Spanish, Portuguese, Italian, Dutch and Polish, and the
/// dates of some more languages.
enum DateWords {
    static func month(_ word: String) -> Int? { months[word] }

    private static let names = [
        """
        jan january januar janner janv janvier ene ener enero janeiro gen genn gennaio januari sty stycznia styczen ocak leden ledna \
        январь января янв січень січня जनवरी
        """,
        """
        feb febr february februar feber fevr fev fevrier febrero fevereiro febbr febbraio februari lut luty lutego subat unor unora \
        февраль февраля фев лютий лютого फरवरी
        """,
        """
        mar march marz maerz mrz mars marzo marco maart mrt marzec marca mart marts brezen brezna март марта мар березень березня मार्च
        """,
        "apr april avr avril abr abril aprile kwi kwiecien kwietnia nisan duben dubna апрель апреля апр квітень квітня अप्रैल",
        "may mai mayo maio mag maggio mei maj maja mayis kveten kvetna май мая травень травня मई",
        "jun june juni juin junio junho giu giugno cze czerwiec czerwca haziran cerven cervna июнь июня июн червень червня जून",
        """
        jul july juli juil juillet julio julho lug luglio lip lipiec lipca temmuz cervenec cervence июль июля июл липень липня जुलाई
        """,
        """
        aug august augustus augusti aout ago agosto sie sierpien sierpnia agustos srpen srpna август августа авг серпень серпня अगस्त
        """,
        """
        sep sept september septembre septiembre setiembre set sett setembro settembre wrz wrzesien wrzesnia eylul zari \
        сентябрь сентября сен вересень вересня सितंबर
        """,
        """
        oct october okt oktober octobre octubre out outubro ott ottobre paz pazdziernik pazdziernika ekim rijen rijna \
        октябрь октября окт жовтень жовтня अक्टूबर
        """,
        """
        nov november novembre noviembre novembro lis listopad listopada kasim ноябрь ноября ноя листопад листопада नवंबर
        """,
        """
        dec december dez dezember decembre dic diciembre dezembro dicembre gru grudzien grudnia aralik desember prosinec prosince \
        декабрь декабря дек грудень грудня दिसंबर
        """,
    ]

    /// A season begins in its usual first month.
    private static let seasons = [
        3: "spring fruhjahr fruhling printemps primavera lente voorjaar wiosna",
        6: "summer sommer ete verano verao estate zomer lato",
        9: "fall autumn herbst automne otono outono autunno herfst jesien",
        12: "winter hiver invierno inverno zima",
    ]

    private static let months: [String: Int] = {
        var months: [String: Int] = [:]
        for (month, line) in seasons { for name in words(line) { months[name] = month } }
        for (index, line) in names.enumerated() { for name in words(line) { months[name] = index + 1 } }
        return months
    }()

    /// As Polish and Hungarian resumes count months, and only in capitals.
    static let romanMonths: [String: Int] = [
        "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10, "XI": 11, "XII": 12,
    ]

    /// Words that say by themselves that something goes on.
    static let ongoing = Set(
        words(
            """
            present presently current currently now today ongoing heute aktuell jetzt derzeit gegenwartig zurzeit momentan laufend \
            andauernd fortlaufend unbefristet presente actualidad actual actualmente hoy vigente atual atualmente hoje aujourd actuel \
            actuellement maintenant obecnie teraz dzis dzisiaj nadal heden thans oggi attuale attualmente tuttora halen gunumuz bugun \
            nuvarande pagaende idag nutid soucasnost сейчас зараз वर्तमान
            """
        )
    )
    /// Words that say so only after a dash or a word like "to": "to date", "à ce jour", "hasta la fecha".
    static let ongoingAfterLink = ongoing.union(
        words("date dato data fecha jour momento moment day weiteres obecnej obecna corso curso cours dag vandaag nu время времени час")
    )
    /// What may follow such a word: "present day", "aujourd'hui".
    static let afterOngoing: Set<String> = ["day", "time", "data", "moment"]
    static let onwards: Set<String> = ["onwards", "onward"]
    static let since = Set(words("since from seit ab desde depuis od sinds vanaf dal da dalla с from siden sedan partir"))
    /// What else may stand before a span without belonging to anything else.
    static let openings = since.union(words("de von vom du van between zwischen entre tussen tra fra"))
    static let between = Set(words("between zwischen entre tussen tra fra"))
    static let and = Set(words("and und et y e en i"))
    static let until = Set(
        words(
            """
            to until till through thru upto up bis a ad al hasta ate au jusqu do tot t fino sino par по до til
            """
        )
    )
    /// Between the link and the date: "to the present", "bis zum 31.12.2019", "hasta la fecha", "t/m", "Expected May 2027".
    static let fillers = Set(
        words(
            """
            the this la le el il l lo o ao a zum auf ce cet m met to en in ad al au el dia di d del dem den chwili dnia op expected exp \
            anticipated estimated est voraussichtlich vsl previsto prevista prevue prevu verwacht einschliesslich einschl till until \
            настоящее настоящего теперішній
            """
        )
    )
    /// Between a month and its year, and after a year: "enero de 2015", "2018 r."
    static let ofYear: Set<String> = ["de", "del", "of", "do"]
    static let afterYear: Set<String> = Set(words("r roku г года р року"))
    static let ordinals: Set<String> = ["st", "nd", "rd", "th", "er", "de", "of"]
    static let dashes: Set<Character> = [
        "-", "–", "—", "−", "‑", "‐", "‒", "―", "﹣", "－", "~", "〜", "～", "→", "»", "›", ">", "÷", "…",
    ]

    private static func words(_ text: String) -> [String] {
        text.split { $0.isWhitespace }.map { String($0).folded }
    }
}
